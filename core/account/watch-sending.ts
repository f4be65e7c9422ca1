import type { Clock } from "../time/clock.ts";
import type { Sending } from "./account-ports.ts";

export interface WatchSendingDeps {
  sending: Sending;
  clock: Clock;
}

/** Writes down whose table this is at the first run, and when a restored copy was first seen. */
export async function watchSending({ sending, clock }: WatchSendingDeps): Promise<void> {
  const { table } = sending;
  const state = await sending.load();
  if (!state) await sending.replace(undefined, { table });
  else if (state.table !== table && !state.copyNoticedAt)
    await sending.replace(state, { ...state, copyNoticedAt: clock.now() });
}
