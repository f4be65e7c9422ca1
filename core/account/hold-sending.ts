import type { Instant } from "../time/instant.ts";
import { changeSending } from "./change-sending.ts";
import type { WatchSendingDeps } from "./watch-sending.ts";

/** Holds all sending. Packets wait in the due index; a packet that is being sent right now is sent to its end. */
export async function holdSending(deps: WatchSendingDeps): Promise<{ heldAt: Instant }> {
  const now = deps.clock.now();
  const state = await changeSending(deps.sending, (known) =>
    known?.heldAt ? undefined : { table: deps.sending.table, ...known, heldAt: now },
  );
  return { heldAt: state?.heldAt ?? now };
}
