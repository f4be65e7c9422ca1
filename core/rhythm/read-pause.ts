import { dayAhead, isDay } from "../time/calendar-day.ts";
import { type Instant, localDate } from "../time/instant.ts";

/** How a pause was asked for: up to a day, for so many weeks, or not any more. */
export interface TypedPause {
  until: string;
  weeks: string;
  resume: boolean;
}

export type PauseProblems = { until: string };

/** The day, as `2027-05-01`, on which mails start again; none to resume now. */
export interface WantedPause {
  day?: string;
}

const mostYears = 1;
const mostWeeks = 52;

/** Reads for how long a reader wants to pause, by their own calendar, or tells what to do. */
export function readPause(
  { until, weeks, resume }: TypedPause,
  zone: string,
  now: Instant,
): { wanted: WantedPause } | { problems: PauseProblems } {
  if (resume) return { wanted: {} };
  const count = /^\d{1,2}$/.test(weeks) ? Number(weeks) : 0;
  if (count >= 1 && count <= mostWeeks) return { wanted: { day: dayAhead(now, zone, { days: 7 * count }) } };
  const day = until.trim();
  const isAhead =
    isDay(day) && day > localDate(now, zone) && day <= dayAhead(now, zone, { years: mostYears });
  return isAhead
    ? { wanted: { day } }
    : { problems: { until: "Enter a day after today, at most a year ahead, as 2027-05-01." } };
}
