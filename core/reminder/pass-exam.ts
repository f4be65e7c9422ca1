import { findReader } from "../progress/find-reader.ts";
import { localDate } from "../time/instant.ts";
import { cyclesToBegin } from "./begin-cycle.ts";
import { shownDates } from "./date-standing.ts";
import { type FinishDateDeps, finishDate } from "./finish-date.ts";
import { type SetDateDeps, type SetDateOutcome, setDate } from "./set-date.ts";

export type PassExamOutcome =
  /** `name` is that of the credential; also if it had been pressed before. */
  { status: "passed"; name: string } | { status: "no-date" } | Exclude<SetDateOutcome, { status: "set" }>;

/**
 * An exam is passed: the first renewal of what it was for is set, and the exam is done. A crash between the two leaves
 * an exam that its button for done still ends.
 */
export async function passExam(
  deps: SetDateDeps & FinishDateDeps,
  { token, id }: { token: string; id: string },
): Promise<PassExamOutcome> {
  const found = await findReader(deps, token);
  if (found.status !== "found") return found;
  const { reader } = found;
  const now = deps.clock.now();
  const shown = shownDates(await deps.dates.of(reader.id), reader, now);
  const exam = shown.find((date) => date.id === id);
  if (exam?.kind !== "exam" || exam.standing === "ahead") return { status: "no-date" };
  const begins = cyclesToBegin(deps.catalogue, shown, localDate(now, reader.zone)).get(id);
  if (begins) {
    const { credential, date } = begins;
    const set = await setDate(deps, { token, kind: "renewal", credential: credential.id, date, label: "" });
    if (set.status !== "set") return set;
  }
  await finishDate(deps, { token, id, date: exam.date });
  return { status: "passed", name: begins?.credential.name ?? exam.label };
}
