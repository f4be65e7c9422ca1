import { type Catalogue, type Credential, credentialNamed } from "../catalogue.ts";
import type { CeLog } from "../ce/ce-ports.ts";
import { ceStanding } from "../ce/ce-standing.ts";
import { type FindReaderDeps, type FoundReader, findReader } from "../progress/find-reader.ts";
import type { Instant } from "../time/instant.ts";
import { dayAfterCycle } from "./cycle.ts";
import { nextReminder } from "./plan-reminder.ts";
import { isDateId, isWanted, type ReminderDate } from "./reminder-date.ts";
import type { ReminderDates } from "./reminder-ports.ts";
import { type Whereabouts, whereaboutsOf } from "./reminder-time.ts";

export interface FinishDateDeps extends FindReaderDeps {
  dates: Pick<ReminderDates, "load" | "complete">;
  ceLog: Pick<CeLog, "of">;
  catalogue: Pick<Catalogue, "site" | "credentials">;
}

export type FinishDateOutcome =
  /** Also if it had been done before. */
  | { status: "done" }
  /** A renewal went on to the cycle that ends on `date`; also if it had before. `name` is the credential's. */
  | { status: "renewed"; name: string; date: string }
  /** Hours are missing, and nobody has said that it is renewed all the same. */
  | { status: "unconfirmed"; name: string; missing: number }
  | Exclude<FoundReader, { status: "found" }>;

/**
 * Marks a date as done: no reminder of it goes any more, even when it is queued. A renewal with a cycle moves on to the
 * next one, though only once it is `confirmed` where hours are missing. `date` is the day that the button was pressed for, so
 * that a second press does not move it on twice.
 */
export async function finishDate(
  deps: FinishDateDeps,
  { token, id, date, confirmed = false }: { token: string; id: string; date: string; confirmed?: boolean },
): Promise<FinishDateOutcome> {
  const found = await findReader(deps, token);
  if (found.status !== "found") return found;
  const { reader } = found;
  const kept = isDateId(id) ? await deps.dates.load(reader.id, id) : undefined;
  if (!kept || kept.doneAt !== undefined || !isWanted(kept, reader)) return { status: "done" };
  const credential = credentialNamed(deps.catalogue, kept.credential);
  const name = credential?.name ?? kept.label;
  if (kept.date !== date)
    return kept.cycleFrom === date ? { status: "renewed", name, date: kept.date } : { status: "done" };
  if (credential && kept.kind === "renewal" && !confirmed) {
    const { missing = 0 } = ceStanding(credential, kept, await deps.ceLog.of(reader.id));
    if (missing > 0) return { status: "unconfirmed", name, missing };
  }
  const next = finished(kept, credential, whereaboutsOf(reader, deps.catalogue.site), deps.clock.now());
  await deps.dates.complete(kept, next);
  return next.doneAt === undefined ? { status: "renewed", name, date: next.date } : { status: "done" };
}

/** What a date becomes that is done now. */
function finished(
  date: ReminderDate,
  credential: Pick<Credential, "cycleMonths"> | undefined,
  where: Whereabouts,
  now: Instant,
): ReminderDate {
  const { dueAt: _, ...kept } = date;
  const months = date.kind === "renewal" ? credential?.cycleMonths : undefined;
  if (months === undefined) return { ...kept, doneAt: now };
  const next = { ...kept, date: dayAfterCycle(date.date, months), cycleFrom: date.date, setAt: now };
  return { ...next, ...nextReminder(next, where, now) };
}
