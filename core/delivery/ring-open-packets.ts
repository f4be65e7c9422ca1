import { addMinutes } from "../time/instant.ts";
import type { OpenPacketsDeps } from "./open-packets.ts";
import { ringAgainMinutes } from "./policy.ts";

/**
 * Rings for open packets whose time has come. Each is moved on before it is rung for, so that a backlog does
 * not ring itself into a flood; one that a live worker holds is left alone.
 * @returns how many were rung for.
 */
export async function ringOpenPackets(deps: OpenPacketsDeps, limit: number): Promise<number> {
  const now = deps.clock.now();
  const due = await deps.packets.due(now, limit);
  const moved = await Promise.all(
    due.map((packet) =>
      deps.packets.rescheduleRing(
        packet,
        addMinutes(now, ringAgainMinutes[packet.lane]),
        deps.clock.elapsed(),
      ),
    ),
  );
  const rung = due.filter((_, index) => moved[index]);
  await deps.doorbells.ring(rung);
  return rung.length;
}
