import { forEvery } from "../every.ts";
import { addMinutes } from "../time/instant.ts";
import type { OpenPacketsDeps } from "./open-packets.ts";
import { ringAgainMinutes } from "./policy.ts";

/**
 * Rings for open packets whose time has come. Each is moved on before it is rung for, so that a backlog does
 * not ring itself into a flood; one that a live worker holds is left alone.
 */
export async function ringOpenPackets(deps: OpenPacketsDeps, limit: number): Promise<void> {
  const now = deps.clock.now();
  const due = await deps.packets.due(now, limit);
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
