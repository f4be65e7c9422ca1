import type { Sending } from "../account/account-ports.ts";
import type { Refused } from "../account/note-stop.ts";
import { endProbe, type Probe } from "../account/pass-stops.ts";
import type { Packet } from "./packet.ts";
import type { Opened } from "./prepare-chunk.ts";
import { type SendChunkDeps, sendChunk } from "./send-chunk.ts";

export interface SendAllDeps extends SendChunkDeps {
  sending: Sending;
}

/** Why sending ended: everybody is final or moved on, or the rest waits. */
export type SentAll =
  | { status: "through" }
  | { status: "later"; milliseconds: number }
  | { status: "stopped"; stops: Refused[] }
  /** A probe had no clear answer: no reason to put more people in doubt. */
  | { status: "in-doubt" };

/** What a worker has in hand while it sends a packet. */
export interface SendRun {
  /** What became of each recipient so far. */
  fates: Map<string, string>;
  /** The stops that this packet probes; none once one of its mails was accepted. */
  probe: Probe;
  /** No call is begun after this, in real time. */
  callBefore: number;
}

/** Claims begin so long before the place that was granted, in milliseconds: the last look is to be a late one. */
const leadMs = 500;

/** So many in a row refused for the same reason, each in a call of its own: it is hardly theirs. */
const sameRefusals = 3;
/** How long a packet waits for a recipient whom another packet has claimed, in milliseconds. */
const elsewhereMs = 60_000;

/** Sends to a packet's recipients, chunk by chunk, as places in the account's rate are granted. */
export async function sendAll(
  deps: SendAllDeps,
  packet: Packet,
  opened: Opened,
  run: SendRun,
): Promise<SentAll> {
  const { fates, callBefore } = run;
  const waiting = packet.recipients.map((id, at) => ({ id, at })).filter(({ id }) => !fates.has(id));
  const alone = new Set<string>();
  let refusedSingly: string[] = [];
  while (waiting.length > 0) {
    if (deps.clock.elapsed() > callBefore) return { status: "later", milliseconds: 0 };
    const byItself = run.probe.length > 0 || alone.has(waiting[0]?.id ?? "");
    const wanted = byItself ? 1 : waiting.length;
    const place = await deps.pace.reserve(packet.lane, wanted);
    if ("laterMs" in place) return { status: "later", milliseconds: place.laterMs };
    const early = place.at - leadMs - deps.clock.elapsed();
    if (early > 0) await deps.clock.sleep(Math.ceil(early));

    const chunk = waiting.splice(0, Math.min(wanted, place.granted));
    const range = { from: chunk[0]?.at ?? 0, to: (chunk.at(-1)?.at ?? 0) + 1 };
    const recipients = chunk.map(({ id }) => id);
    const sent = await sendChunk(deps, packet, opened, { recipients, range, at: place.at, callBefore });
    for (const [id, fate] of sent.fates) fates.set(id, fate);
    if (sent.stops.length > 0) return { status: "stopped", stops: sent.stops };
    if (byItself) refusedSingly = sent.accepted ? [] : [...refusedSingly, ...sent.rejections];
    if (refusedSingly.length >= sameRefusals && new Set(refusedSingly).size === 1)
      return {
        status: "stopped",
        stops: [{ scope: "mailing", cause: "setup", code: refusedSingly[0] ?? "" }],
      };
    if (sent.laterMs !== undefined) return { status: "later", milliseconds: sent.laterMs };
    if (run.probe.length > 0 && sent.doubtful) return { status: "in-doubt" };
    if (run.probe.length > 0 && sent.accepted) {
      await endProbe(deps.sending, packet.mailing, run.probe, "gone");
      run.probe = [];
    }
    // Those who go again: refused together with others, or of a second place that was smaller than the first.
    const again = chunk.filter(({ id }) => fates.get(id) === "released");
    for (const id of sent.alone) alone.add(id);
    waiting.unshift(...again);
  }
  // Another packet holds them now, and may yet leave them to this one: only a final delivery lets both go.
  const elsewhere = [...fates.values()].includes("elsewhere");
  return elsewhere ? { status: "later", milliseconds: elsewhereMs } : { status: "through" };
}
