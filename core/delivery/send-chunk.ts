import type { Refused } from "../account/note-stop.ts";
import { AppError } from "../errors.ts";
import type { Measures } from "../measures.ts";
import type { Deliveries, Mailer, Packets } from "../ports.ts";
import { type AwaitPlaceDeps, awaitPlace } from "./await-place.ts";
import { claimChunk } from "./claim-chunk.ts";
import type { Delivery, Settlement } from "./delivery.ts";
import { isOfAnother, type Packet } from "./packet.ts";
import { type Opened, type PrepareChunkDeps, prepareChunk } from "./prepare-chunk.ts";
import { readResults } from "./read-results.ts";
import { settleChunk } from "./settle-chunk.ts";

export interface SendChunkDeps extends PrepareChunkDeps, AwaitPlaceDeps {
  packets: Packets;
  deliveries: Deliveries;
  mailer: Mailer;
  measures: Measures;
}

/** Recipients of one call, and when it is to be made. */
export interface Chunk {
  recipients: string[];
  /** Their positions in the packet, from the first to behind the last. */
  range: { from: number; to: number };
  at: number;
  /** No call is begun after this, in real time. */
  callBefore: number;
}

export interface ChunkOutcome {
  /** What became of each recipient: the state of its delivery, `moved`, `elsewhere` in another packet, or `duplicate` of it. */
  fates: Map<string, string>;
  accepted: boolean;
  doubtful: boolean;
  /** To go again at once, each in a call of its own. */
  alone: string[];
  /** Refused by something that would meet the next mail too. */
  stops: Refused[];
  /** Why single mails were refused. */
  rejections: string[];
  /** Set when nothing more may be handed over now, to when it may. */
  laterMs?: number;
}

/** How long a packet waits that SES has throttled, in milliseconds. */
const throttledMs = 60_000;

/**
 * Sends one call's worth: claim, look at the subscribers as they stand after the claim, compose, mark, wait for the
 * place, hand over, record.
 * @throws AppError `packet.lost` when the lease was taken over; nothing was handed over then.
 */
export async function sendChunk(
  deps: SendChunkDeps,
  packet: Packet,
  opened: Opened,
  { recipients, range, at, callBefore }: Chunk,
): Promise<ChunkOutcome> {
  const claims = await claimChunk(deps.deliveries, packet, recipients, deps.clock.now());
  const fates = new Map(claims.others.map((row) => [row.subscriberId, fateElsewhere(packet, row)]));
  const record = async (settlements: [string, Settlement][]) => {
    if (settlements.length > 0) await settleChunk(deps, packet, settlements);
    for (const [id, { state }] of settlements) fates.set(id, state);
  };
  const outcome: ChunkOutcome = {
    fates,
    accepted: false,
    doubtful: false,
    alone: [],
    stops: [],
    rejections: [],
  };
  const { send, settled, moves, fault } = await prepareChunk(deps, packet, opened, claims.held);
  // The packet that they move to is there before they are released: no crash leaves them in none.
  await opened.move(moves);
  await record([
    ...settled,
    ...moves.map(({ subscriberId }): [string, Settlement] => [
      subscriberId,
      { state: "released", reason: "moved" },
    ]),
  ]);
  for (const { subscriberId } of moves) fates.set(subscriberId, "moved");
  if (fault !== undefined) outcome.stops.push({ scope: "mailing", cause: "setup", code: fault });
  if (send.length === 0) return outcome;

  if (!(await deps.packets.markCalling(packet, range))) {
    throw new AppError("unavailable", "packet.lost", `Packet ${packet.id} was taken over`);
  }
  const giveBack = (mails: typeof send) =>
    record(mails.map(({ subscriberId }): [string, Settlement] => [subscriberId, { state: "released" }]));
  const place = await awaitPlace(deps, packet.lane, send.length, at, callBefore).catch(async (error) => {
    // Nothing was handed over: under the mark, the next lease could not know.
    await giveBack(send);
    throw error;
  });
  const granted = "granted" in place ? place.granted : 0;
  const called = send.slice(0, granted);
  await giveBack(send.slice(granted));
  if ("laterMs" in place) return { ...outcome, laterMs: place.laterMs };

  const results = await deps.mailer.send(opened.template, called);
  const { outcomes, accepted, doubtful, throttled, alone, stops, rejections } = readResults(
    called,
    results,
    deps.clock.now(),
  );
  await record(outcomes);
  return { fates, accepted, doubtful, alone, stops, rejections, ...(throttled && { laterMs: throttledMs }) };
}

/** Not ours to claim: another packet has it, or a later attempt; or it is final, and counts in the packet that settled it. */
function fateElsewhere(packet: Packet, { state, owner }: Delivery): string {
  if (state === "sending" || state === "released") return "elsewhere";
  return isOfAnother(packet, owner) ? "duplicate" : state;
}
