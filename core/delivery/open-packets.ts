import { fastPath } from "../fast-path.ts";
import type { Doorbells, Ids, Packets } from "../ports.ts";
import type { Clock } from "../time/clock.ts";
import { addMinutes, type Instant } from "../time/instant.ts";
import { type Mailing, mailingId } from "./mailing.ts";
import { type Packet, packetSize } from "./packet.ts";
import { policies, ringAgainMinutes } from "./policy.ts";

export interface WritePacketsDeps {
  packets: Packets;
  ids: Ids;
  clock: Clock;
}

export interface OpenPacketsDeps extends WritePacketsDeps {
  doorbells: Doorbells;
}

/** When a packet goes, and how it came to that. */
export interface PacketTimes extends Pick<Packet, "plannedAt" | "dueAt" | "gaveWay"> {
  attempt?: number;
}

/**
 * Writes the packets of a mailing, then rings for them. A lost message loses nothing: an open packet stands in
 * the due index and is rung for again.
 */
export async function openPackets(
  deps: OpenPacketsDeps,
  mailing: Mailing,
  recipients: string[],
  when: { plannedAt: Instant; attempt?: number },
): Promise<void> {
  const packets = await writePackets(deps, mailing, recipients, when);
  // A packet that could not be rung for is in the due index: no reason to undo, or repeat, what led to it.
  await fastPath(() => deps.doorbells.ring(packets));
}

/** Writes the packets of a mailing, of at most {@link packetSize} recipients each; dispatch rings when their `dueAt` comes. */
async function writePackets(
  deps: WritePacketsDeps,
  mailing: Mailing,
  recipients: string[],
  when: PacketTimes,
): Promise<Packet[]> {
  const packets = newPackets(deps, mailing, recipients, when);
  await Promise.all(packets.map((packet) => deps.packets.create(packet)));
  return packets;
}

/** The packets of a mailing before they are written. */
export function newPackets(
  { ids, clock }: Pick<WritePacketsDeps, "ids" | "clock">,
  mailing: Mailing,
  recipients: string[],
  when: PacketTimes,
): Packet[] {
  const now = clock.now();
  return chunksOf(recipients, packetSize).map((chunk) =>
    newPacket(ids.next("pkt"), mailing, chunk, when, now),
  );
}

/** A packet as it is before anyone has held it; without a `dueAt` it is to be rung for at once. */
export function newPacket(
  id: string,
  mailing: Mailing,
  recipients: string[],
  when: PacketTimes,
  now: Instant,
): Packet {
  const { lane } = policies[mailing.kind];
  return {
    id,
    mailing: mailingId(mailing),
    recipients,
    lane,
    attempt: when.attempt ?? 1,
    state: "open",
    plannedAt: when.plannedAt,
    ...(when.dueAt !== undefined && { notBefore: when.dueAt }),
    ...(when.gaveWay && { gaveWay: when.gaveWay }),
    dueAt: when.dueAt ?? addMinutes(now, ringAgainMinutes[lane]),
    lease: 0,
  };
}

/** Cuts a list into pieces of at most `size`. */
export function chunksOf<T>(list: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}
