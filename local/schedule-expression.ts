import { Cron } from "croner";
import { type Instant, toInstant, toMilliseconds } from "../core/time/instant.ts";

/** When a schedule fires. */
export interface Occurrences {
  /** The first one after an instant; undefined if there is none any more. */
  after(instant: Instant): Instant | undefined;
  /** The last one up to and including an instant. */
  upTo(instant: Instant): Instant | undefined;
}

const unitMilliseconds: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Reads a schedule expression of EventBridge Scheduler, `cron(0 9 ? * MON *)` or `rate(5 minutes)`, in UTC. */
export function parseSchedule(expression: string): Occurrences {
  const [, kind, inner = ""] = /^(cron|rate)\((.+)\)$/.exec(expression) ?? [];
  const parsed = kind === "cron" ? cron(inner) : kind === "rate" ? rate(inner) : undefined;
  if (!parsed) throw new Error(`Not a schedule expression: ${expression}`);
  return parsed;
}

function cron(fields: string): Occurrences | undefined {
  if (fields.split(" ").length !== 6) return undefined;
  // AWS has no seconds field, counts weekdays from SUN = 1, and allows 0/15 where others write */15.
  const pattern = new Cron(`0 ${fields}`, {
    paused: true,
    timezone: "UTC",
    alternativeWeekdays: true,
    sloppyRanges: true,
  });
  return {
    after: (instant) => toInstantOf(pattern.nextRun(new Date(toMilliseconds(instant)))),
    upTo: (instant) => toInstantOf(pattern.previousRuns(1, secondAfter(instant))[0]),
  };
}

function secondAfter(instant: Instant): Date {
  return new Date((Math.floor(toMilliseconds(instant) / 1000) + 1) * 1000);
}

/** A rate is anchored at the epoch here, where AWS anchors it at the schedule's creation. */
function rate(text: string): Occurrences | undefined {
  const [, amount, unit = ""] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(text) ?? [];
  const every = Number(amount) * (unitMilliseconds[unit] ?? Number.NaN);
  if (!(every > 0)) return undefined;
  const floor = (instant: Instant) => Math.floor(toMilliseconds(instant) / every) * every;
  return {
    after: (instant) => toInstant(floor(instant) + every),
    upTo: (instant) => toInstant(floor(instant)),
  };
}

function toInstantOf(date: Date | null | undefined): Instant | undefined {
  return date ? toInstant(date.getTime()) : undefined;
}
