import type { Deliveries } from "../ports.ts";
import type { Instant } from "../time/instant.ts";
import { type Delivery, deliveryKey } from "./delivery.ts";
import { ownerOf, type Packet, readOwner } from "./packet.ts";

/** Recipients that this worker may send to, and the rows of those that it may not. */
export interface Claims {
  held: string[];
  others: Delivery[];
}

/** Claims one chunk of a packet's recipients, each by a conditional write of its own. */
export async function claimChunk(
  deliveries: Deliveries,
  packet: Packet,
  recipients: string[],
  claimedAt: Instant,
): Promise<Claims> {
  const owner = ownerOf(packet);
  const { mailing, attempt } = packet;
  const claim = { mailing, owner, attempt, claimedAt };
  const won = await Promise.all(
    recipients.map((subscriberId) => deliveries.claim({ ...claim, subscriberId })),
  );
  const held = recipients.filter((_, index) => won[index]);
  const lost = recipients.filter((_, index) => !won[index]);
  if (lost.length === 0) return { held, others: [] };

  const rows = await deliveries.loadMany(lost.map((subscriberId) => ({ subscriberId, mailing })));
  const others: Delivery[] = [];
  for (const subscriberId of lost) {
    const row = rows.get(deliveryKey({ subscriberId, mailing }));
    if (!row) continue;
    if (await holds(deliveries, row, claim)) held.push(subscriberId);
    else others.push(row);
  }
  return { held, others };
}

/** Whether a row that was already claimed is ours: by our own lost answer, or from a dead lease of this packet. */
async function holds(
  deliveries: Deliveries,
  row: Delivery,
  claim: { owner: string; attempt: number; claimedAt: Instant; mailing: string },
): Promise<boolean> {
  if (row.state !== "sending") return false;
  if (row.owner === claim.owner) return true;
  const [theirs, ours] = [readOwner(row.owner), readOwner(claim.owner)];
  // Only forward: a worker that lost its lease must not take the row back from the newer one.
  if (theirs.packetId !== ours.packetId || theirs.lease > ours.lease) return false;
  return deliveries.claim({ ...claim, subscriberId: row.subscriberId, takeOver: row.owner });
}
