import type { Deliveries } from "../ports.ts";
import type { Instant } from "../time/instant.ts";
import type { Claims } from "./claim.ts";
import { ownerOf, type Packet } from "./packet.ts";

/** Claims one chunk of a packet's recipients for its lease. */
export function claimChunk(
  deliveries: Deliveries,
  packet: Packet,
  recipients: string[],
  claimedAt: Instant,
): Promise<Claims> {
  const { mailing, attempt } = packet;
  return deliveries.claimMany({ mailing, owner: ownerOf(packet), attempt, claimedAt }, recipients);
}
