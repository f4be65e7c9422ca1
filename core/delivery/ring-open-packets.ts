import { forEvery } from "../every.ts";
import type { Measures } from "../measures.ts";
import { addMinutes, type Instant, toMilliseconds } from "../time/instant.ts";
import type { OpenPacketsDeps } from "./open-packets.ts";
import type { Packet } from "./packet.ts";
import { ringAgainMinutes } from "./policy.ts";

export interface RingOpenPacketsDeps extends OpenPacketsDeps {
  measures: Measures;
}

/**
 * Rings for open packets whose time has come. Each is moved on before it is rung for, so that a backlog does
 * not ring itself into a flood; one that a live worker holds is left alone.
 */
export async function ringOpenPackets(deps: RingOpenPacketsDeps, limit: number): Promise<void> {
  const now = deps.clock.now();
  const due = await deps.packets.due(now, limit);
  if (due.length > 0) deps.measures.note("OldestPacketSeconds", ageOf(due, now));
  const moved: typeof due = [];
  try {
    await forEvery(due, async (packet) => {
      const again = addMinutes(now, ringAgainMinutes[packet.lane]);
      if (await deps.packets.rescheduleRing(packet, again, deps.clock.elapsed())) moved.push(packet);
    });
  } finally {
    // Those that were moved on are rung for, whatever failed beside them: their next turn is minutes away.
    await deps.doorbells.ring(moved);
  }
}

/**
 * For how long the oldest has been waiting, in seconds, from when it was planned for, or moved to: `dueAt` moves with
 * each ring.
 */
function ageOf(due: Pick<Packet, "plannedAt" | "notBefore">[], now: Instant): number {
  const oldest = Math.min(
    ...due.map(({ plannedAt, notBefore = plannedAt }) =>
      toMilliseconds(notBefore > plannedAt ? notBefore : plannedAt),
    ),
  );
  return Math.max(0, (toMilliseconds(now) - oldest) / 1000);
}
