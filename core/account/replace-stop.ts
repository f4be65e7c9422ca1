import type { Sending } from "./account-ports.ts";
import { changeSending } from "./change-sending.ts";
import type { Stop, StopScope } from "./stop.ts";

/** A stop that was read, and whom it holds back. */
export interface StandingStop {
  scope: StopScope;
  stop: Stop;
}

/** Puts one stop in another's place, `undefined` being none; false if somebody else was there first. */
export async function replaceStop(
  sending: Sending,
  at: { scope: StopScope; mailing: string },
  was: Stop | undefined,
  stop: Stop | undefined,
): Promise<boolean> {
  if (at.scope === "mailing") return sending.replaceStop(at.mailing, was, stop);
  let ours = false;
  await changeSending(sending, (known) => {
    ours = JSON.stringify(known?.stop) === JSON.stringify(was);
    if (!ours) return undefined;
    const { stop: _, ...rest } = known ?? { table: sending.table };
    return { ...rest, ...(stop && { stop }) };
  });
  return ours;
}
