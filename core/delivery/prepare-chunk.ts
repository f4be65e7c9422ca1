import { type TakeDaysDeps, takeDays, takeDaysAhead } from "../day/take-days.ts";
import { AppError } from "../errors.ts";
import type { Subscribers } from "../ports.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import type { Composer } from "./compose.ts";
import type { Settlement } from "./delivery.ts";
import type { Eligibility, LastLook, Letter } from "./letter.ts";
import type { OutgoingMail } from "./outgoing-mail.ts";
import type { Packet } from "./packet.ts";
import { unknownFor } from "./unknown.ts";

export interface PrepareChunkDeps extends TakeDaysDeps {
  subscribers: Subscribers;
  clock: Clock;
}

/** The letter of a packet, and the mail that it makes for one reader. */
export interface Opened extends Composer {
  letter: Letter;
  /** Whether its mails may have gone out in a past that a restored table does not know: none is handed over then. */
  inDoubt: boolean;
  /** Puts recipients into packets that are due when their windows open. */
  move(moves: Move[]): Promise<void>;
}

/** A recipient whose window is closed, or whose day is another mail's, to be sent to at `to`. */
export interface Move extends Pick<Packet, "plannedAt" | "gaveWay"> {
  subscriberId: string;
  to: Instant;
}

/** A chunk after the last look at each of its claimed recipients. */
export interface Prepared {
  send: OutgoingMail[];
  settled: [subscriberId: string, settlement: Settlement][];
  moves: Move[];
  /** Why no mail of this mailing can be made; nobody is to blame for it, and nobody is sent to. */
  fault?: string;
}

/** Looks at the subscribers as they stand after the claim, decides on each, composes, and takes their days. */
export async function prepareChunk(
  deps: PrepareChunkDeps,
  packet: Packet,
  opened: Opened,
  held: string[],
): Promise<Prepared> {
  const now = deps.clock.now();
  await opened.letter.lookAgain?.();
  const subscribers = await deps.subscribers.loadMany(held);
  const ready: Prepared = { send: [], settled: [], moves: [] };
  for (const subscriberId of held) {
    if (opened.inDoubt) {
      ready.settled.push([subscriberId, unknownFor("restored", now)]);
      continue;
    }
    const subscriber = subscribers.get(subscriberId);
    if (subscriber === "unreadable") {
      ready.settled.push([subscriberId, { state: "failed", reason: "unreadable" }]);
      continue;
    }
    const eligibility = lastLook(opened.letter, subscriber, { ...packet, now });
    if (eligibility.may === "skip") {
      ready.settled.push([subscriberId, { state: "skipped", reason: eligibility.reason }]);
    } else if (eligibility.may === "move") {
      const { to, plannedAt } = eligibility;
      ready.moves.push({ subscriberId, to, plannedAt, ...(packet.gaveWay && { gaveWay: true }) });
    } else if (subscriber) {
      try {
        ready.send.push(opened.compose(subscriber));
      } catch (error) {
        ready.fault = faultOf(error);
        ready.settled.push([subscriberId, { state: "released" }]);
      }
    }
  }
  if (ready.fault === undefined) return onTheirDays(deps, packet, opened.letter, ready, subscribers, now);
  const rest = ready.send.map((mail): Prepared["settled"][number] => [
    mail.subscriberId,
    { state: "released" },
  ]);
  return { ...ready, send: [], settled: [...ready.settled, ...rest] };
}

/** Takes the day of each reader; who has another mail on it is moved, and has the day that they are moved to. */
async function onTheirDays(
  deps: PrepareChunkDeps,
  packet: Packet,
  letter: Letter,
  ready: Prepared,
  subscribers: Map<string, Subscriber | "unreadable">,
  now: Instant,
): Promise<Prepared> {
  const { daily } = letter;
  if (!daily) return ready;
  const readerOf = ({ subscriberId }: { subscriberId: string }) => {
    const reader = subscribers.get(subscriberId);
    return reader && reader !== "unreadable" ? [reader] : [];
  };
  const readers = ready.send.flatMap(readerOf);
  const losers = await takeDays(deps, letter, packet, readers, now);
  const later = readers
    .filter(({ id }) => losers.has(id))
    .map((reader) => ({
      subscriberId: reader.id,
      ...daily.nextDay(reader, { plannedAt: packet.plannedAt, now }),
      gaveWay: true as const,
    }));
  const isLate = (move: Move) =>
    readerOf(move).some((reader) => {
      const look = lastLook(letter, reader, { ...move, now: move.to });
      return look.may === "skip" && look.reason === "late";
    });
  const late = later.filter(isLate);
  const moves = [...ready.moves, ...later.filter((move) => !late.includes(move))];
  const moved = moves.flatMap((move) => readerOf(move).map((reader) => ({ reader, at: move.to })));
  await takeDaysAhead(deps, letter, packet.mailing, moved, now);
  return {
    ...ready,
    send: ready.send.filter(({ subscriberId }) => !losers.has(subscriberId)),
    // What would come too late on its next day is left out at once, and takes no day from others.
    settled: [
      ...ready.settled,
      ...late.map(({ subscriberId }): Prepared["settled"][number] => [
        subscriberId,
        { state: "skipped", reason: "late" },
      ]),
    ],
    moves,
  };
}

/**
 * The code of what no further try will mend: content or settings that only a deployment changes.
 * @throws what it was given, if that is anything else
 */
export function faultOf(error: unknown): string {
  if (error instanceof AppError && error.kind !== "unavailable") return error.code;
  throw error;
}

/** Whether the mail may go, from the subscriber as it stands after the claim: an unsubscribe always wins. */
function lastLook(letter: Letter, subscriber: Subscriber | undefined, when: LastLook): Eligibility {
  if (!subscriber || subscriber.todo.erase !== undefined) return { may: "skip", reason: "gone" };
  if (subscriber.suppressed && !letter.to) return { may: "skip", reason: "suppressed" };
  return letter.eligibility(subscriber, when);
}
