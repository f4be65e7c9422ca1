import { AppError } from "../errors.ts";
import type { Measures } from "../measures.ts";
import type { Deliveries, Mailer, Packets, Subscribers } from "../ports.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import { claimChunk } from "./claim-chunk.ts";
import type { Settlement } from "./delivery.ts";
import type { Eligibility, Letter } from "./letter.ts";
import type { OutgoingMail, SendResult } from "./outgoing-mail.ts";
import type { Packet } from "./packet.ts";
import { settleChunk } from "./settle-chunk.ts";
import { unknownFor } from "./unknown.ts";

export interface SendChunkDeps {
  packets: Packets;
  deliveries: Deliveries;
  subscribers: Subscribers;
  mailer: Mailer;
  measures: Measures;
  clock: Clock;
}

/** The letter of a packet, and the mail that it makes for one reader. */
export interface Opened {
  letter: Letter;
  compose(to: Subscriber): OutgoingMail;
  /** Whether its mails may have gone out in a past that a restored table does not know: none is handed over then. */
  inDoubt: boolean;
  /** Puts recipients into packets that are due when their windows open. */
  move(moves: Move[]): Promise<void>;
}

export interface ChunkOutcome {
  /** What became of each recipient: the state of its delivery, `moved`, or `elsewhere` in another packet. */
  fates: Map<string, string>;
  /** Set when nothing more may be handed over now. */
  holdMinutes?: number;
}

/** A recipient whose window is closed, to be sent to at `to`. */
export interface Move {
  subscriberId: string;
  to: Instant;
  plannedAt: Instant;
}

interface Ready {
  send: OutgoingMail[];
  settled: [subscriberId: string, settlement: Settlement][];
  moves: Move[];
}

const holdMinutes = { throttled: 1, halted: 15 } as const;

/**
 * Sends to the recipients at positions `from` to `to`: claim, look at the subscribers as they stand after the
 * claim, compose, mark, hand over, record.
 * @throws AppError `packet.lost` when the lease was taken over; nothing was handed over then.
 */
export async function sendChunk(
  deps: SendChunkDeps,
  packet: Packet,
  opened: Opened,
  range: { from: number; to: number; done: ReadonlySet<string> },
): Promise<ChunkOutcome> {
  const recipients = packet.recipients.slice(range.from, range.to).filter((id) => !range.done.has(id));
  const claims = await claimChunk(deps.deliveries, packet, recipients, deps.clock.now());
  const fates = new Map(
    claims.others.map((row) => [row.subscriberId, row.state === "sending" ? "elsewhere" : row.state]),
  );
  const { send, settled, moves } = await prepare(deps, packet, opened, claims.held);
  // The packet that they move to is there before they are released: no crash leaves them in none.
  await opened.move(moves);
  for (const { subscriberId } of moves) fates.set(subscriberId, "moved");
  await settleChunk(deps, packet, [
    ...settled,
    ...moves.map(({ subscriberId }): [string, Settlement] => [
      subscriberId,
      { state: "released", reason: "moved" },
    ]),
  ]);
  for (const [id, settlement] of settled) fates.set(id, settlement.state);
  if (send.length === 0) return { fates };

  if (!(await deps.packets.markCalling(packet, { from: range.from, to: range.to }))) {
    throw new AppError("unavailable", "packet.lost", `Packet ${packet.id} was taken over`);
  }
  const results = await deps.mailer.send(send);
  const outcomes = send.map((mail, index): [string, Settlement] => [
    mail.subscriberId,
    settlementOf(results[index], deps.clock.now()),
  ]);
  await settleChunk(deps, packet, outcomes);
  for (const [id, settlement] of outcomes) fates.set(id, settlement.state);
  const hold = results.map(({ outcome }) =>
    outcome === "throttled" || outcome === "halted" ? holdMinutes[outcome] : 0,
  );
  const longest = Math.max(...hold);
  return longest > 0 ? { fates, holdMinutes: longest } : { fates };
}

async function prepare(deps: SendChunkDeps, packet: Packet, opened: Opened, held: string[]): Promise<Ready> {
  const now = deps.clock.now();
  const subscribers = await deps.subscribers.loadMany(held);
  const ready: Ready = { send: [], settled: [], moves: [] };
  for (const subscriberId of held) {
    if (opened.inDoubt) {
      ready.settled.push([subscriberId, unknownFor("restored", now)]);
      continue;
    }
    const subscriber = subscribers.get(subscriberId);
    const eligibility = lastLook(opened.letter, subscriber, { plannedAt: packet.plannedAt, now });
    if (eligibility.may === "skip") {
      ready.settled.push([subscriberId, { state: "skipped", reason: eligibility.reason }]);
    } else if (eligibility.may === "move") {
      ready.moves.push({ subscriberId, to: eligibility.to, plannedAt: eligibility.plannedAt });
    } else if (subscriber) {
      ready.send.push(opened.compose(subscriber));
    }
  }
  return ready;
}

/** Whether the mail may go, from the subscriber as it stands after the claim: an unsubscribe always wins. */
function lastLook(
  letter: Letter,
  subscriber: Subscriber | undefined,
  when: { plannedAt: Instant; now: Instant },
): Eligibility {
  if (!subscriber) return { may: "skip", reason: "gone" };
  if (subscriber.suppressed) return { may: "skip", reason: "suppressed" };
  return letter.eligibility(subscriber, when);
}

function settlementOf(result: SendResult | undefined, now: Instant): Settlement {
  switch (result?.outcome) {
    case "accepted":
      return { state: "sent", messageId: result.messageId };
    case "rejected":
      return { state: "failed", reason: result.code };
    case "throttled":
    case "halted":
      return { state: "released" };
    default:
      return unknownFor(result?.code ?? "no-answer", now);
  }
}
