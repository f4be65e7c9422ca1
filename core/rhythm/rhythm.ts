import * as z from "zod";
import type { Step } from "../catalogue.ts";
import type { Instant } from "../time/instant.ts";
import { type SendWindow, weekdays } from "../time/window.ts";

/** How fast steps follow each other: `weekly` is as the course has it. */
export const speeds = ["faster", "weekly", "slower"] as const;
export type Speed = (typeof speeds)[number];

/** At what pace, on which day and at what hour a reader wants mails; what is absent is the course's own. */
export const Rhythm = z.object({
  speed: z.enum(speeds).exactOptional(),
  day: z.enum(weekdays).exactOptional(),
  /** First of the three hours in which mail may come, by the reader's clock. */
  hour: z.int().min(0).max(21).exactOptional(),
  /** Nothing that can wait comes before that instant, the start of a day where the reader is. */
  pausedUntil: z.string().exactOptional(),
  /** False where a reader wants no nudges. */
  nudges: z.boolean().exactOptional(),
});
export type Rhythm = z.infer<typeof Rhythm>;

/** What of a reader decides when mail comes. */
export interface Reader {
  zone: string;
  rhythm?: Rhythm;
}

const hoursOpen = 3;

/** Local calendar days between a step and the one before it. A step that follows at once does so at any speed. */
export function daysBetween({ delayDays }: Pick<Step, "delayDays">, { rhythm }: Reader): number {
  switch (rhythm?.speed) {
    case "faster":
      return Math.ceil(delayDays / 2);
    case "slower":
      return delayDays * 2;
    default:
      return delayDays;
  }
}

/**
 * A window with the day and the hour that the reader chose in place of its own. What has given way to another mail keeps
 * to the hour alone, and where there is but one day to any: on that day it would come a week later.
 */
export function windowOf({ rhythm }: Reader, window: SendWindow, gaveWay = false): SendWindow {
  const { day, hour } = rhythm ?? {};
  return {
    days: gaveWay
      ? window.days.length > 1
        ? window.days
        : weekdays
      : day === undefined
        ? window.days
        : [day],
    from: hour === undefined ? window.from : onTheHour(hour),
    to: hour === undefined ? window.to : hour + hoursOpen > 23 ? "24:00" : onTheHour(hour + hoursOpen),
  };
}

/** Until when the reader has paused, if that is ahead. */
export function pausedUntil({ rhythm }: Reader, now: Instant): Instant | undefined {
  const until = rhythm?.pausedUntil;
  return until !== undefined && until > now ? until : undefined;
}

function onTheHour(hour: number): string {
  return `${String(hour).padStart(2, "0")}:00`;
}
