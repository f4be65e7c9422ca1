import { createHash } from "node:crypto";
import type { Sending } from "../account/account-ports.ts";
import { noteStop, type Refused } from "../account/note-stop.ts";
import { endProbe, type Probe } from "../account/pass-stops.ts";
import { type StopCause, stopMeasures } from "../account/stop.ts";
import type { Measures } from "../measures.ts";
import type { Clock } from "../time/clock.ts";
import { addMinutes, type Instant } from "../time/instant.ts";
import type { Packet } from "./packet.ts";

export interface UntilStopEndsDeps {
  sending: Sending;
  measures: Measures;
  clock: Clock;
}

/** Until when a packet waits that meets a stop, spread over a minute so that not all wake at once; it is counted. */
export function untilProbe(
  { measures }: Pick<UntilStopEndsDeps, "measures">,
  packet: Pick<Packet, "id">,
  { until, cause }: { until: Instant; cause: StopCause },
): Instant {
  measures.note(stopMeasures[cause], 1);
  return addMinutes(until, createHash("sha256").update(packet.id).digest().readUInt16BE(0) / 65_536);
}

/**
 * Writes down what stopped a packet, and answers until when it waits. Without a refusal it was a probe that found no
 * answer: it waits as if it had been refused again.
 */
export async function untilStopEnds(
  deps: UntilStopEndsDeps,
  packet: Pick<Packet, "id" | "mailing">,
  refused: Refused[],
  probe: Probe,
): Promise<Instant> {
  const now = deps.clock.now();
  // What is wrong with one mailing says nothing of the account: another packet may try that.
  const untried = refused.some(({ scope }) => scope === "mailing")
    ? probe.filter(({ scope }) => scope === "account" && !refused.some((each) => each.scope === scope))
    : [];
  await endProbe(deps.sending, packet.mailing, untried, "no-verdict");
  const tried = probe.filter((standing) => !untried.includes(standing));
  const waits = tried.map(({ stop }) => ({ until: stop.probeAt, cause: stop.cause }));
  // One of each scope: fifty mails of one call are refused for the same reason.
  for (const one of new Map(refused.map((each) => [each.scope, each])).values()) {
    waits.push({
      until: await noteStop(deps.sending, packet.mailing, one, { probe, now }),
      cause: one.cause,
    });
  }
  const [longest] = waits.sort((a, b) => (a.until < b.until ? 1 : -1));
  return longest ? untilProbe(deps, packet, longest) : now;
}
