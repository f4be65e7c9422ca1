import { chunksOf } from "../delivery/open-packets.ts";
import type { Packet } from "../delivery/packet.ts";
import type { Packets } from "../ports.ts";
import type { Instant } from "../time/instant.ts";

/** A packet that is not done yet, as far as one recipient is concerned. */
export type WaitingPacket = Pick<
  Packet,
  "id" | "mailing" | "attempt" | "plannedAt" | "dueAt" | "lease" | "leaseUntil"
>;

const farAway: Instant = "9999-12-31T00:00:00.000Z";
/** Open packets that are looked through, at most: each is a read. */
const mostRead = 1000;

/** The open packets that hold somebody. They are few, save while a campaign goes out; `all` tells if none was left out. */
export async function findWaitingPackets(
  packets: Pick<Packets, "due" | "loadMany">,
  subscriberId: string,
): Promise<{ waiting: WaitingPacket[]; all: boolean }> {
  const open = await packets.due(farAway, mostRead);
  const waiting: WaitingPacket[] = [];
  for (const chunk of chunksOf(open, 100)) {
    for (const packet of await packets.loadMany(chunk.map(({ id }) => id))) {
      if (packet.state !== "open" || !packet.recipients.includes(subscriberId)) continue;
      const { id, mailing, attempt, plannedAt, dueAt, lease, leaseUntil } = packet;
      waiting.push({
        id,
        mailing,
        attempt,
        plannedAt,
        lease,
        ...(dueAt && { dueAt }),
        ...(leaseUntil && { leaseUntil }),
      });
    }
  }
  return { waiting, all: open.length < mostRead };
}
