import type { Measures } from "../measures.ts";
import type { Deliveries } from "../ports.ts";
import type { Clock } from "../time/clock.ts";
import type { Settlement } from "./delivery.ts";
import { measureSettled } from "./measure-settled.ts";
import { ownerOf, type Packet } from "./packet.ts";

export interface SettleChunkDeps {
  deliveries: Deliveries;
  measures: Measures;
  clock: Clock;
}

/** Records what became of claimed deliveries of a packet; one that is no longer this lease's is left alone. */
export async function settleChunk(
  deps: SettleChunkDeps,
  packet: Packet,
  settlements: [string, Settlement][],
): Promise<void> {
  const now = deps.clock.now();
  measureSettled(
    deps.measures,
    settlements.map(([, { state }]) => state),
  );
  await deps.deliveries.settleMany({ mailing: packet.mailing, owner: ownerOf(packet) }, settlements, now);
}
