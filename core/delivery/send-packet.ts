import type { Sending } from "../account/account-ports.ts";
import { isInDoubt, whyHeld } from "../account/sending-state.ts";
import { AppError } from "../errors.ts";
import type { Keys } from "../ports.ts";
import { addMinutes, type Instant } from "../time/instant.ts";
import { composer } from "./compose.ts";
import { type Delivery, deliveryKey } from "./delivery.ts";
import { type Mailing, parseMailing } from "./mailing.ts";
import { type OpenLetterDeps, openLetter } from "./open-letter.ts";
import { type WritePacketsDeps, writePackets } from "./open-packets.ts";
import { type Doorbell, type Packet, readOwner } from "./packet.ts";
import { type Move, type SendChunkDeps, sendChunk } from "./send-chunk.ts";
import { type TakePacketDeps, takePacket } from "./take-packet.ts";

export interface SendPacketDeps extends SendChunkDeps, TakePacketDeps, WritePacketsDeps, OpenLetterDeps {
  keys: Keys;
  sending: Sending;
  /** No new chunk is begun this long after the lease was taken, in seconds of real time. */
  workSeconds: number;
}

/** Recipients counted by what became of them. */
export type Counts = Record<string, number>;

export type SendPacketOutcome =
  | { status: "done" | "postponed"; counts: Counts }
  | { status: "gone" | "already-done" };

/** How long a packet waits before it looks again whether sending is held. */
const heldMinutes = 5;
/** Mails that are handed over together; a crash in between leaves at most as many in doubt. */
const chunkSize = 10;

/**
 * Sends one packet, chunk by chunk, under its lease. The packet is done when every recipient is final in the
 * ledger or in another packet; until then it stays in the due index.
 */
export async function sendPacket(deps: SendPacketDeps, { packetId }: Doorbell): Promise<SendPacketOutcome> {
  const taken = await takePacket(deps, packetId);
  if (taken.status === "gone") return { status: "gone" };
  if (taken.status === "done") return { status: "already-done" };
  const { packet } = taken;
  const mailing = parseMailing(packet.mailing);
  if (!mailing)
    throw new AppError("invalid", "packet.bad-mailing", `Packet ${packetId} names no mailing of ours`);

  const state = await deps.sending.load();
  if (whyHeld(state, deps.sending.table))
    return postpone(deps, packet, new Map(), addMinutes(deps.clock.now(), heldMinutes));

  const keys = await deps.keys.ring();
  const context = { keys, now: deps.clock.now(), recipients: packet.recipients };
  const letter = await openLetter(deps, mailing, context);
  if ("holdMinutes" in letter) {
    return postpone(deps, packet, new Map(), addMinutes(deps.clock.now(), letter.holdMinutes));
  }
  const opened = {
    letter,
    compose: composer(mailing, letter, { ...deps, keys }),
    inDoubt: isInDoubt(state, packet.plannedAt),
    move: (moves: Move[]) => moveOn(deps, mailing, moves),
  };

  const fates = packet.lease > 1 ? await finalFates(deps, packet) : new Map<string, string>();
  const done = new Set(fates.keys());
  const stopAt = deps.clock.elapsed() + deps.workSeconds * 1000;
  for (let from = 0; from < packet.recipients.length; from += chunkSize) {
    if (deps.clock.elapsed() >= stopAt) return postpone(deps, packet, fates, deps.clock.now());
    const chunk = await sendChunk(deps, packet, opened, { from, to: from + chunkSize, done });
    for (const [id, fate] of chunk.fates) fates.set(id, fate);
    if (chunk.holdMinutes)
      return postpone(deps, packet, fates, addMinutes(deps.clock.now(), chunk.holdMinutes));
  }
  await owned(deps.packets.finish(packet, countsOf(fates)), packet);
  return { status: "done", counts: countsOf(fates) };
}

/** What an earlier lease has settled already; nobody is claimed again for nothing. */
async function finalFates(deps: SendPacketDeps, packet: Packet): Promise<Map<string, string>> {
  const { mailing, attempt } = packet;
  const rows = await deps.deliveries.loadMany(
    packet.recipients.map((subscriberId) => ({ subscriberId, mailing })),
  );
  const fates = new Map<string, string>();
  for (const subscriberId of packet.recipients) {
    const row = rows.get(deliveryKey({ subscriberId, mailing }));
    if (row && movedBy(packet, row)) fates.set(subscriberId, "moved");
    if (!row || row.state === "sending" || row.state === "released") continue;
    if (row.state === "unknown" && row.attempt < attempt) continue;
    fates.set(subscriberId, row.state);
  }
  return fates;
}

/** Whether this packet moved the recipient on; in the packet that it moved to, the same row is one to send. */
function movedBy(packet: Packet, row: Delivery): boolean {
  return row.state === "released" && row.reason === "moved" && readOwner(row.owner).packetId === packet.id;
}

/** Puts those whose window is closed into packets that are due when it opens. */
async function moveOn(deps: SendPacketDeps, mailing: Mailing, moves: Move[]): Promise<void> {
  for (const [, group] of Map.groupBy(moves, (move) => `${move.to} ${move.plannedAt}`)) {
    const [first] = group;
    if (!first) continue;
    const recipients = group.map((move) => move.subscriberId);
    await writePackets(deps, mailing, recipients, { plannedAt: first.plannedAt, dueAt: first.to });
  }
}

async function postpone(
  deps: SendPacketDeps,
  packet: Packet,
  fates: Map<string, string>,
  dueAt: Instant,
): Promise<SendPacketOutcome> {
  await owned(deps.packets.postpone(packet, dueAt), packet);
  return { status: "postponed", counts: countsOf(fates) };
}

async function owned(write: Promise<boolean>, packet: Packet): Promise<void> {
  if (await write) return;
  throw new AppError("unavailable", "packet.lost", `Packet ${packet.id} was taken over`);
}

function countsOf(fates: Map<string, string>): Counts {
  const counts: Counts = {};
  for (const fate of fates.values()) counts[fate] = (counts[fate] ?? 0) + 1;
  return counts;
}
