import { Temporal } from "temporal-polyfill";
import type { Credential } from "../catalogue.ts";
import type { ReminderDate } from "../reminder/reminder-date.ts";
import { type CeEntry, isFrom } from "./ce-entry.ts";

/** Where the hours of a cycle stand. */
export interface CeStanding {
  /** All that was logged in the cycle. */
  logged: number;
  /** What of it counts: no more than is required, and of hours from elsewhere no more than the body takes. */
  counted: number;
  /** Absent where nobody could verify how many are required. */
  required?: number;
  missing?: number;
  /** The part that must come from the body itself, where it asks for one. */
  own?: { counted: number; required: number; missing: number };
}

type Cycle = Pick<ReminderDate, "date" | "credential" | "cycleFrom">;

/** The entries that count for the cycle which a renewal ends, the newest first. */
export function entriesOf(cycle: Cycle, entries: CeEntry[]): CeEntry[] {
  const { date, credential, cycleFrom = "" } = cycle;
  return entries
    .filter((entry) => entry.credential === undefined || entry.credential === credential)
    .filter(({ day }) => cycleFrom < day && day <= date)
    .sort((one, other) => other.day.localeCompare(one.day) || other.loggedAt.localeCompare(one.loggedAt));
}

/** What was done in the cycle that a renewal ends, against what its credential requires. */
export function ceStanding(
  credential: Pick<Credential, "required" | "own" | "body">,
  cycle: Cycle,
  entries: CeEntry[],
): CeStanding {
  const counting = entriesOf(cycle, entries);
  const own = sum(counting.filter((entry) => isFrom(entry, credential.body)));
  const logged = sum(counting);
  const other = logged - own;
  const { required } = credential;
  if (!required) return { logged, counted: logged };
  const ownRequired = ownHours(credential, cycle);
  const counted = Math.min(required.hours, own + Math.min(other, required.hours - ownRequired));
  return {
    logged,
    counted,
    required: required.hours,
    missing: required.hours - counted,
    ...(ownRequired > 0 && {
      own: {
        counted: Math.min(own, ownRequired),
        required: ownRequired,
        missing: Math.max(0, ownRequired - own),
      },
    }),
  };
}

/** Hours from elsewhere that do not count while some of the body's own are missing; 0 once none are. */
export function surplusOf({ logged, counted, missing = 0 }: CeStanding): number {
  return missing > 0 ? logged - counted : 0;
}

/** How much of a cycle is over on a day, from 0 to 1; undefined where it is not known when it began. */
export function timePassed({ date, cycleFrom }: Cycle, today: string): number | undefined {
  if (cycleFrom === undefined) return undefined;
  const days = (to: string) => Temporal.PlainDate.from(cycleFrom).until(to, { largestUnit: "day" }).days;
  return Math.min(1, Math.max(0, days(today) / Math.max(1, days(date))));
}

/** How much of a cycle is left on a day: whole months from two on, else days; 0 days once it is over. */
export function timeLeft(
  { date }: Pick<Cycle, "date">,
  today: string,
): { months: number } | { days: number } {
  const from = Temporal.PlainDate.from(today);
  const { months } = from.until(date, { largestUnit: "month" });
  return months >= 2 ? { months } : { days: Math.max(0, from.until(date, { largestUnit: "day" }).days) };
}

/** Hours that must come from the body itself, rounded up to a quarter; 0 where it asks for none in this cycle. */
function ownHours({ required, own }: Pick<Credential, "required" | "own">, { cycleFrom }: Cycle): number {
  if (!required || !own || cycleFrom === undefined) return 0;
  const begins = Temporal.PlainDate.from(cycleFrom).add({ days: 1 }).toString();
  return begins < own.cyclesFrom ? 0 : Math.ceil((required.hours * own.percent) / 25) / 4;
}

function sum(entries: CeEntry[]): number {
  return entries.reduce((total, { hours }) => total + hours, 0);
}
