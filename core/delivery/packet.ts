import * as z from "zod";

/** Recipients of one packet, at most: also the most destinations that SES takes in one bulk call. */
export const packetSize = 50;

/** `now` serves people who wait for a mail (confirmations), `bulk` everything else. */
export const Lane = z.enum(["now", "bulk"]);
export type Lane = z.infer<typeof Lane>;

/**
 * Up to 50 recipients of one mailing. The row is the truth, a queue message only a doorbell: an open packet
 * whose `dueAt` has passed is rung for again, until it is done.
 */
export const Packet = z.object({
  id: z.string(),
  mailing: z.string(),
  recipients: z.array(z.string()).max(packetSize),
  lane: Lane,
  /** Second sending of a delivery whose outcome stayed unknown; 1 otherwise. */
  attempt: z.number(),
  state: z.enum(["open", "done"]),
  /** The instant that the mails were planned for; lateness counts from it. */
  plannedAt: z.string(),
  dueAt: z.string().optional(),
  /** When its mails could go first, of a packet that people were moved to: it did not wait before. */
  notBefore: z.string().exactOptional(),
  /** Its recipients had another mail on the day that was theirs: it goes on whatever day follows. */
  gaveWay: z.literal(true).exactOptional(),
  /** Number of the newest lease; each takeover counts on. */
  lease: z.number(),
  /** Real time, epoch milliseconds; absent when nobody holds the packet. */
  leaseUntil: z.number().optional(),
  /** Recipients being handed to SES right now, by position: a crash leaves the mark behind. */
  calling: z.object({ from: z.number(), to: z.number() }).optional(),
  counts: z.record(z.string(), z.number()).optional(),
  /** Recipients by what SES has told of their mails since, counted anew from the ledger each time. */
  tally: z.record(z.string(), z.number()).exactOptional(),
  /** How often it was counted anew. */
  recounts: z.number().exactOptional(),
  /** Of a campaign: packets that some of its recipients were moved to, named before they are written. */
  movedTo: z.array(z.string()).exactOptional(),
});
export type Packet = z.infer<typeof Packet>;

/** The message that a doorbell carries. */
export const Doorbell = z.object({ v: z.literal(1), packetId: z.string().min(1) });
export type Doorbell = z.infer<typeof Doorbell>;

/** Name under which a lease of a packet owns deliveries. */
export function ownerOf(packet: Pick<Packet, "id" | "lease">): string {
  return `${packet.id}.${packet.lease}`;
}

/** Whether a delivery was settled by another packet; of one that nobody owns any more, nobody's was. */
export function isOfAnother(packet: Pick<Packet, "id">, owner: string): boolean {
  const { packetId } = readOwner(owner);
  return packetId !== "" && packetId !== packet.id;
}

/** The packet and lease that an owner name stands for. */
export function readOwner(owner: string): { packetId: string; lease: number } {
  const dot = Math.max(0, owner.lastIndexOf("."));
  return { packetId: owner.slice(0, dot), lease: Number(owner.slice(dot + 1)) };
}
