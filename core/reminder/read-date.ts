import { Temporal } from "temporal-polyfill";
import { oneLine } from "../one-line.ts";
import { type Instant, localDate } from "../time/instant.ts";
import { daysBeforeChoices, type WantedDate } from "./reminder-date.ts";

/** A date as it was typed into the form. */
export type TypedDate = Record<keyof WantedDate, string>;

export type DateProblems = Partial<Record<keyof WantedDate, string>>;

const longestLabel = 80;
const yearsAhead = 5;

/** Reads a date, or tells field by field what is wrong and what to do. */
export function readDate(
  typed: TypedDate,
  zone: string,
  now: Instant,
): { wanted: WantedDate } | { problems: DateProblems } {
  const label = oneLine(typed.label);
  const date = typed.date.trim();
  const daysBefore = Number(typed.daysBefore);
  const problems: DateProblems = {
    ...((label === "" || [...label].length > longestLabel) && {
      label: `Say in 1 to ${longestLabel} characters what the date is, such as “Exam”.`,
    }),
    ...(!isAhead(date, zone, now) && {
      date: `Enter a day after today, within ${yearsAhead} years, as 2027-05-01.`,
    }),
    ...(!daysBeforeChoices.includes(daysBefore) && {
      daysBefore: `Choose ${daysBeforeChoices.slice(0, -1).join(", ")} or ${daysBeforeChoices.at(-1)} days.`,
    }),
  };
  return Object.keys(problems).length > 0 ? { problems } : { wanted: { label, date, daysBefore } };
}

function isAhead(date: string, zone: string, now: Instant): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return false;
  const today = localDate(now, zone);
  const last = Temporal.PlainDate.from(today).add({ years: yearsAhead }).toString();
  return isDay(date) && date > today && date <= last;
}

function isDay(date: string): boolean {
  try {
    return Boolean(Temporal.PlainDate.from(date));
  } catch {
    return false;
  }
}
