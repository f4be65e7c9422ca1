import type { Instant } from "../time/instant.ts";
import { changeSending } from "./change-sending.ts";
import type { WatchSendingDeps } from "./watch-sending.ts";

/** Holds all sending. Packets wait in the due index; a mail that is being handed over right now still goes. */
export async function holdSending(deps: WatchSendingDeps): Promise<{ heldAt: Instant }> {
  const now = deps.clock.now();
  const state = await changeSending(deps.sending, (known) =>
    known?.heldAt ? undefined : { table: deps.sending.table, ...known, heldAt: now },
  );
  return { heldAt: state?.heldAt ?? now };
}
