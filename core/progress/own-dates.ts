import { type Catalogue, type Credential, credentialNamed } from "../catalogue.ts";
import type { CeEntry } from "../ce/ce-entry.ts";
import type { CeLog } from "../ce/ce-ports.ts";
import { type CeStanding, ceStanding, entriesOf, timeLeft, timePassed } from "../ce/ce-standing.ts";
import { surplusWords } from "../ce/standing-words.ts";
import { type ShownDate, shownDates } from "../reminder/date-standing.ts";
import { isWanted, type ReminderDate } from "../reminder/reminder-date.ts";
import type { ReminderDates } from "../reminder/reminder-ports.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import { localDate } from "../time/instant.ts";
import { type FindReaderDeps, type FoundReader, findReader } from "./find-reader.ts";

export interface OwnDatesDeps {
  dates: Pick<ReminderDates, "of">;
  ceLog: Pick<CeLog, "of">;
  clock: Clock;
  catalogue: Pick<Catalogue, "credentials">;
}

/** The cycle of a credential that a reader holds: the hours so far against those required, and against time. */
export interface TrackedCycle {
  credential: Credential;
  renewal: ReminderDate;
  hours: CeStanding;
  /** What is too many from elsewhere, in words; empty where all counts. */
  surplus: string;
  /** From 0 to 1; undefined where it is not known when the cycle began. */
  passed: number | undefined;
  left: ReturnType<typeof timeLeft>;
  entries: CeEntry[];
}

/** The dates of a reader, and the cycles that their renewals end. */
export interface OwnDates {
  dates: ShownDate[];
  cycles: TrackedCycle[];
  /** What was logged and counts for none of these cycles, the newest first. */
  others: CeEntry[];
}

/** Loads what a reader has set and logged. */
export async function ownDates(deps: OwnDatesDeps, reader: Subscriber): Promise<OwnDates> {
  const [kept, entries] = await Promise.all([deps.dates.of(reader.id), deps.ceLog.of(reader.id)]);
  const now = deps.clock.now();
  const dates = shownDates(kept, reader, now);
  const today = localDate(now, reader.zone);
  const cycles = dates.flatMap((renewal): TrackedCycle[] => {
    const credential = credentialNamed(deps.catalogue, renewal.credential);
    if (renewal.kind !== "renewal" || renewal.standing === "done" || !credential) return [];
    const hours = ceStanding(credential, renewal, entries);
    return [
      {
        credential,
        renewal,
        hours,
        surplus: surplusWords(hours, credential.body),
        passed: timePassed(renewal, today),
        left: timeLeft(renewal, today),
        entries: entriesOf(renewal, entries),
      },
    ];
  });
  const counted = new Set(cycles.flatMap((cycle) => cycle.entries.map(({ id }) => id)));
  const others = entries
    .filter(({ id }) => !counted.has(id))
    .sort((one, other) => other.day.localeCompare(one.day));
  return { dates, cycles, others };
}

export type OpenDatesOutcome =
  | { status: "open"; reader: Subscriber; own: OwnDates }
  | Exclude<FoundReader, { status: "found" }>;

/** The dates and hours of the reader of a progress link. */
export async function openDates(
  deps: OwnDatesDeps & FindReaderDeps,
  token: string,
): Promise<OpenDatesOutcome> {
  const found = await findReader(deps, token);
  if (found.status !== "found") return found;
  return { status: "open", reader: found.reader, own: await ownDates(deps, found.reader) };
}

export type OpenCalendarOutcome =
  | { status: "open"; reader: Subscriber; dates: ReminderDate[] }
  | { status: "no-date" }
  | Exclude<FoundReader, { status: "found" }>;

/** The dates of a reader for a calendar file: one by its id, or all that lie ahead. */
export async function openCalendar(
  deps: Pick<OwnDatesDeps, "dates" | "clock"> & FindReaderDeps,
  { token, id }: { token: string; id?: string },
): Promise<OpenCalendarOutcome> {
  const found = await findReader(deps, token);
  if (found.status !== "found") return found;
  const { reader } = found;
  const today = localDate(deps.clock.now(), reader.zone);
  const dates = (await deps.dates.of(reader.id)).filter(
    (date) =>
      isWanted(date, reader) &&
      date.doneAt === undefined &&
      (id === undefined ? date.date >= today : date.id === id),
  );
  return id !== undefined && dates.length === 0 ? { status: "no-date" } : { status: "open", reader, dates };
}
