import { addMinutes, type Instant } from "../time/instant.ts";
import type { DueWork, Sending } from "./account-ports.ts";
import { changeSending } from "./change-sending.ts";
import { whyHeld } from "./sending-state.ts";
import type { WatchSendingDeps } from "./watch-sending.ts";

export interface ResumeSendingDeps extends WatchSendingDeps {
  sending: Sending;
  dueWork: DueWork;
}

export type ResumeSendingOutcome =
  | { status: "resumed"; doubtUntil?: Instant }
  | { status: "already-sending" }
  /** Dispatch has to plan first whatever fell due before the copy was in use. */
  | { status: "not-yet"; waitUntil: Instant }
  | { status: "behind"; oldestDueAt: Instant };

/** Dispatch runs each minute: after so many it has seen the copy and what is due in it. */
const planningMinutes = 5;
const atMostBehindMinutes = 2;

/**
 * Lets mail go again. In a restored copy, every mail that is planned by now may have gone out before, so it
 * will be settled as `unknown`; it waits, therefore, until dispatch has planned all that is due.
 */
export async function resumeSending(deps: ResumeSendingDeps): Promise<ResumeSendingOutcome> {
  const { sending, clock } = deps;
  const now = clock.now();
  const state = await sending.load();
  const why = whyHeld(state, sending.table);
  if (!why) return { status: "already-sending" };

  if (why === "restored") {
    const waitUntil = addMinutes(state?.copyNoticedAt ?? now, planningMinutes);
    if (waitUntil > now) return { status: "not-yet", waitUntil };
    const oldestDueAt = await deps.dueWork.oldest(now);
    if (oldestDueAt !== undefined && oldestDueAt < addMinutes(now, -atMostBehindMinutes))
      return { status: "behind", oldestDueAt };
  }
  const doubtUntil = why === "restored" ? now : state?.doubtUntil;
  await changeSending(sending, (known) => ({
    table: sending.table,
    ...(doubtUntil && { doubtUntil }),
    ...(known?.stop && { stop: known.stop }),
  }));
  return { status: "resumed", ...(why === "restored" && { doubtUntil: now }) };
}
