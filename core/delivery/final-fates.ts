import type { Deliveries } from "../ports.ts";
import { type Delivery, deliveryKey } from "./delivery.ts";
import { isOfAnother, type Packet, readOwner } from "./packet.ts";

/** What an earlier lease of the packet has settled already; nobody is claimed again for nothing. */
export async function finalFates(deliveries: Deliveries, packet: Packet): Promise<Map<string, string>> {
  const { mailing, attempt } = packet;
  const rows = await deliveries.loadMany(
    packet.recipients.map((subscriberId) => ({ subscriberId, mailing })),
  );
  const fates = new Map<string, string>();
  for (const subscriberId of packet.recipients) {
    const row = rows.get(deliveryKey({ subscriberId, mailing }));
    if (row && movedBy(packet, row)) fates.set(subscriberId, "moved");
    if (!row || row.state === "sending" || row.state === "released") continue;
    if (row.state === "unknown" && row.attempt < attempt) continue;
    fates.set(subscriberId, isOfAnother(packet, row.owner) ? "duplicate" : row.state);
  }
  return fates;
}

/** Whether this packet moved the recipient on; in the packet that it moved to, the same row is one to send. */
function movedBy(packet: Packet, row: Delivery): boolean {
  return row.state === "released" && row.reason === "moved" && readOwner(row.owner).packetId === packet.id;
}
