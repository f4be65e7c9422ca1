import { type EnrolDeps, enrol } from "../course/enrol.ts";
import { forEvery } from "../every.ts";
import { sendMove } from "../person/change-address.ts";
import { type ReleaseAddressesDeps, releaseAddresses } from "../person/confirm-address.ts";
import { type FinishErasingDeps, finishErasing } from "../person/finish-erasing.ts";
import { sendAccess } from "../person/request-access.ts";
import { type ReplanDeps, replan } from "../rhythm/replan.ts";
import { forgetRequest } from "./forget.ts";
import { readable } from "./readable.ts";
import { remindToConfirm } from "./remind-to-confirm.ts";
import { type SendConfirmationDeps, sendConfirmation } from "./send-confirmation.ts";
import type { Subscriber } from "./subscriber.ts";

export type DoTasksDeps = SendConfirmationDeps &
  EnrolDeps &
  ReplanDeps &
  ReleaseAddressesDeps &
  FinishErasingDeps;

/** Each looks whether its task is due, and strikes it off when it is done; twice is harmless. */
const tasks: ((deps: DoTasksDeps, subscriber: Subscriber) => Promise<void>)[] = [
  // Before the confirmation: the reminder of one that is as late waits for a day.
  remindToConfirm,
  sendConfirmation,
  forgetRequest,
  enrol,
  replan,
  sendAccess,
  sendMove,
  releaseAddresses,
  finishErasing,
];

/** What a change of a profile has left to do, and no faster path has done. */
export async function doTasks(deps: DoTasksDeps, limit: number): Promise<void> {
  const due = await deps.subscribers.due(deps.clock.now(), limit);
  const subscribers = await deps.subscribers.loadMany(due);
  await forEvery([...subscribers.values()], async (loaded) => {
    const subscriber = readable(loaded);
    if (!subscriber) return;
    for (const task of tasks) await task(deps, subscriber);
  });
}
