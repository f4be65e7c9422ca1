import { type Catalogue, type Credential, credentialNamed } from "../catalogue.ts";
import { dayAfterCycle } from "./cycle.ts";
import type { ShownDate } from "./date-standing.ts";

/** The first renewal of what an exam was for that is over, by the exam's id; none where the reader has set one. */
export function cyclesToBegin(
  catalogue: Pick<Catalogue, "credentials">,
  dates: ShownDate[],
  today: string,
): Map<string, { credential: Credential; date: string }> {
  const renewed = new Set(dates.filter(({ kind }) => kind === "renewal").map(({ credential }) => credential));
  return new Map(
    dates.flatMap((exam) => {
      const credential = credentialNamed(catalogue, exam.credential);
      const isOver = exam.standing === "done" || exam.standing === "past";
      if (exam.kind !== "exam" || !isOver || exam.date > today || renewed.has(exam.credential)) return [];
      if (credential?.cycleMonths === undefined) return [];
      return [[exam.id, { credential, date: dayAfterCycle(exam.date, credential.cycleMonths) }]];
    }),
  );
}
