import { type WatchSendingDeps, watchSending } from "./account/watch-sending.ts";
import { type ExpandCampaignsDeps, expandCampaigns } from "./campaign/expand-campaigns.ts";
import { type DispatchCourseDeps, dispatchCourse } from "./course/dispatch-course.ts";
import { type ResolveUnknownDeps, resolveUnknown } from "./delivery/resolve-unknown.ts";
import { type RingOpenPacketsDeps, ringOpenPackets } from "./delivery/ring-open-packets.ts";
import { type DispatchDigestsDeps, dispatchDigests } from "./digest/dispatch-digests.ts";
import { type MeasureLagDeps, measureLag } from "./measure-lag.ts";
import { type DispatchNudgesDeps, dispatchNudges } from "./nudge/dispatch-nudges.ts";
import { type DispatchDeadlinesDeps, dispatchDeadlines } from "./reminder/dispatch-deadlines.ts";
import { type DoTasksDeps, doTasks } from "./subscriber/do-tasks.ts";

export type DispatchDeps = DispatchCourseDeps &
  DispatchNudgesDeps &
  DispatchDigestsDeps &
  DispatchDeadlinesDeps &
  DoTasksDeps &
  ResolveUnknownDeps &
  ExpandCampaignsDeps &
  RingOpenPacketsDeps &
  WatchSendingDeps &
  MeasureLagDeps;

/** Most rows of one kind that a single run takes on; the next minute goes on with the rest. */
const perRun = 1000;
/** Pages of campaigns' audiences that a single run freezes: a few seconds' worth. */
const pagesPerRun = 100;

/**
 * The minute: does what is due. Reads the due index alone, so its cost grows with what is due, never with how
 * many subscribers there are. Overlapping runs are harmless, since every step is conditional on what it read.
 */
export async function dispatch(deps: DispatchDeps): Promise<void> {
  await inTurn(deps, [
    () => watchSending(deps),
    () => doTasks(deps, perRun),
    // By rank: whoever comes first takes the day of a reader.
    () => dispatchDeadlines(deps, perRun),
    () => dispatchCourse(deps, perRun),
    () => dispatchNudges(deps, perRun),
    () => dispatchDigests(deps, perRun),
    () => resolveUnknown(deps, perRun),
    () => expandCampaigns(deps, pagesPerRun),
    () => ringOpenPackets(deps, perRun),
    () => measureLag(deps),
  ]);
}

/** Each part is tried, whatever became of the one before: a row that cannot be read must not silence the rest. */
async function inTurn({ measures }: DispatchDeps, parts: (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) await part().catch((error: unknown) => failures.push(error));
  if (failures.length === 0) return;
  measures.note("DispatchFailures", failures.length);
  throw new AggregateError(failures, "A part of the minute's work failed", { cause: failures[0] });
}
