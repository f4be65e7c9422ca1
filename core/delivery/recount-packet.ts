import type { Deliveries, Packets } from "../ports.ts";
import { type Delivery, type DeliveryKey, deliveryKey } from "./delivery.ts";
import { readOwner } from "./packet.ts";

export interface RecountPacketDeps {
  deliveries: Pick<Deliveries, "loadMany">;
  packets: Pick<Packets, "load" | "recount">;
}

/** What SES tells of mails that is counted; a delivery can be several of them. */
export const talliedEvents = ["bounced", "soft-bounced", "complained", "rejected", "not-rendered"] as const;

/** Fates of recipients whom another packet counts. */
const elsewhere = ["moved", "duplicate"];
const attempts = 10;

/**
 * Counts the packet of a delivery anew from its rows of the ledger: what became of its recipients, once it is done, and what SES has told
 * of their mails. Nothing is ever added up, so events that come twice, late or at once leave the same behind; of several
 * at a time each counts again until one that has seen all is written.
 */
export async function recountPacket(deps: RecountPacketDeps, key: DeliveryKey): Promise<void> {
  const row = (await deps.deliveries.loadMany([key])).get(deliveryKey(key));
  const { packetId } = readOwner(row?.owner ?? "");
  if (packetId !== "") await recount(deps, packetId);
}

/** Counts a packet anew, by its id. */
export async function recount(deps: RecountPacketDeps, packetId: string): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const packet = await deps.packets.load(packetId);
    if (!packet) return;
    const keys = packet.recipients.map((subscriberId) => ({ subscriberId, mailing: packet.mailing }));
    const rows = [...(await deps.deliveries.loadMany(keys)).values()];
    const own = rows.filter(({ owner }) => readOwner(owner).packetId === packetId);
    const counts = packet.counts && recounted(packet.counts, own);
    if (await deps.packets.recount(packet, { tally: tallyOf(own), ...(counts && { counts }) })) return;
  }
}

/** What SES has told of some mails. */
export function tallyOf(rows: Pick<Delivery, "events">[]): Record<string, number> {
  const counted = talliedEvents.map(
    (type) => [type, rows.filter(({ events }) => events?.[type]).length] as const,
  );
  return Object.fromEntries(counted.filter(([, count]) => count > 0));
}

/** What became of a packet's recipients by now; whoever was erased since counts as before. */
function recounted(before: Record<string, number>, own: Delivery[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const fate of elsewhere) if (before[fate]) counts[fate] = before[fate];
  // Whoever was moved on is released until the other packet claims them.
  for (const { state } of own) if (state !== "released") counts[state] = (counts[state] ?? 0) + 1;
  const sum = (fates: Record<string, number>) =>
    Object.values(fates).reduce((total, count) => total + count, 0);
  return sum(counts) === sum(before) ? counts : before;
}
