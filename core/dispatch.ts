import { type DispatchCourseDeps, dispatchCourse } from "./course/dispatch-course.ts";
import { type EnrolDeps, enrol } from "./course/enrol.ts";
import { type ResolveUnknownDeps, resolveUnknown } from "./delivery/resolve-unknown.ts";
import { ringOpenPackets } from "./delivery/ring-open-packets.ts";
import { type SendConfirmationDeps, sendConfirmation } from "./subscriber/send-confirmation.ts";

export type DispatchDeps = DispatchCourseDeps & EnrolDeps & SendConfirmationDeps & ResolveUnknownDeps;

export interface DispatchOutcome {
  steps: number;
  tasks: number;
  rung: number;
}

/** Most rows of one kind that a single run takes on; the next minute goes on with the rest. */
const perRun = 1000;

/**
 * The minute: does what is due. Reads the due index alone, so its cost grows with what is due, never with how
 * many subscribers there are. Overlapping runs are harmless, since every step is conditional on what it read.
 */
export async function dispatch(deps: DispatchDeps): Promise<DispatchOutcome> {
  const tasks = await doTasks(deps);
  const steps = await dispatchCourse(deps, perRun);
  await resolveUnknown(deps, perRun);
  const rung = await ringOpenPackets(deps, perRun);
  return { steps, tasks, rung };
}

/** Confirmations and enrolments that a signup or confirmation left undone. */
async function doTasks(deps: DispatchDeps): Promise<number> {
  const due = await deps.subscribers.due(deps.clock.now(), perRun);
  const subscribers = await deps.subscribers.loadMany(due);
  for (const subscriber of subscribers.values()) {
    await sendConfirmation(deps, subscriber);
    await enrol(deps, subscriber);
  }
  return subscribers.size;
}
