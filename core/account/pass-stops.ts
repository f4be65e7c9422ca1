import type { Instant } from "../time/instant.ts";
import type { Sending } from "./account-ports.ts";
import { replaceStop, type StandingStop } from "./replace-stop.ts";
import { probeStop, type Stop, type StopCause, waitUntil } from "./stop.ts";

/** Whether a packet may go past the stops that stand in its way. */
export type Passage =
  | { may: "send" }
  /** As the one that tries whether the causes are gone: by one mail at a time. */
  | { may: "probe"; probe: Probe }
  | { may: "wait"; until: Instant; cause: StopCause };

/** The stops that one packet probes, each as it was and as the probe has left it. */
export type Probe = (StandingStop & { was: Stop })[];

/** What the stops that stand have a packet wait for; undefined if it may send, or probe. */
export function mustWait(standing: StandingStop[], now: Instant): (Passage & { may: "wait" }) | undefined {
  const [longest] = standing
    .map(({ stop }) => ({ may: "wait" as const, until: waitUntil(stop, now), cause: stop.cause }))
    .filter(({ until }) => until > now)
    .sort((a, b) => (a.until < b.until ? 1 : -1));
  return longest;
}

/** Passes the stops that were read, or becomes their probe: the one whose write goes through. */
export async function passStops(
  sending: Sending,
  mailing: string,
  standing: StandingStop[],
  now: Instant,
): Promise<Passage> {
  if (standing.length === 0) return { may: "send" };
  const wait = mustWait(standing, now);
  if (wait) return wait;
  const probe: Probe = [];
  for (const { scope, stop: was } of standing) {
    const stop = probeStop(was, now);
    if (await replaceStop(sending, { scope, mailing }, was, stop)) {
      probe.push({ scope, stop, was });
      continue;
    }
    await endProbe(sending, mailing, probe, "no-verdict");
    return { may: "wait", until: waitUntil(stop, now), cause: was.cause };
  }
  return { may: "probe", probe };
}

/** What a probe found: the cause is gone; or nothing either way, and the next packet may try. */
export async function endProbe(
  sending: Sending,
  mailing: string,
  probe: Probe,
  verdict: "gone" | "no-verdict",
): Promise<void> {
  // Somebody who was there first knows better than we do.
  for (const { scope, stop, was } of probe)
    await replaceStop(sending, { scope, mailing }, stop, verdict === "gone" ? undefined : was);
}
