import * as z from "zod";
import type { MeasureName } from "../measures.ts";
import { addMinutes, type Instant } from "../time/instant.ts";

/** What keeps SES from accepting mails, whoever they are for: each has an alarm and a section of the runbook. */
export const StopCause = z.enum(["quota", "pause", "identity", "setup"]);
export type StopCause = z.infer<typeof StopCause>;

/** Whom a stop holds back: everybody, or the packets of one mailing. */
export type StopScope = "account" | "mailing";

/** A standing stop. Packets wait; when `probeAt` has passed, one of them tries whether the cause is gone. */
export const Stop = z.object({
  cause: StopCause,
  /** The name of the answer that stopped it. */
  code: z.string(),
  since: z.string(),
  probeAt: z.string(),
  /** Probes so far; the next one waits twice as long as the last. */
  probes: z.number(),
  /** When the newest probe began: until it is over nobody knows whether to wait for `probeAt`. */
  probedAt: z.string().optional(),
});
export type Stop = z.infer<typeof Stop>;

const firstProbeMinutes = 5;
const longestProbeMinutes = 60;
/** By then a probe has ended, or its worker has died. */
const probingMinutes = 2;

/** A stop that has just been met. */
export function beginStop(why: { cause: StopCause; code: string }, now: Instant): Stop {
  const { cause, code } = why;
  return { cause, code, since: now, probeAt: addMinutes(now, firstProbeMinutes), probes: 0 };
}

/** The stop as whoever probes it leaves it: the next probe is later, whatever becomes of this one. */
export function probeStop(stop: Stop, now: Instant): Stop {
  const probes = stop.probes + 1;
  const minutes = Math.min(firstProbeMinutes * 2 ** probes, longestProbeMinutes);
  return { ...stop, probes, probedAt: now, probeAt: addMinutes(now, minutes) };
}

/** Until when a packet waits that meets the stop; now or before if it may probe. */
export function waitUntil(stop: Stop, now: Instant): Instant {
  if (stop.probedAt === undefined) return stop.probeAt;
  const probed = addMinutes(stop.probedAt, probingMinutes);
  return now < probed && probed < stop.probeAt ? probed : stop.probeAt;
}

/** What a packet that waits for a stop is counted under. */
export const stopMeasures: Record<StopCause, MeasureName> = {
  quota: "StoppedByQuota",
  pause: "StoppedByPause",
  identity: "StoppedByIdentity",
  setup: "StoppedBySetup",
};
