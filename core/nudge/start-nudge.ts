import type { Course } from "../catalogue.ts";
import { daysBetween, type Reader } from "../rhythm/rhythm.ts";
import type { Instant } from "../time/instant.ts";
import { startOfDayAfter } from "../time/window.ts";
import { nudgeDays } from "./nudge.ts";
import type { Nudges } from "./nudge-ports.ts";
import { stepsToDo } from "./open-steps.ts";
import { whenOpen } from "./plan-nudge.ts";

/** Begins to look after the open steps of a run that starts at this step; of none where nothing is to be done. Twice is harmless. */
export async function startNudge(
  { nudges }: { nudges: Pick<Nudges, "start"> },
  course: Course,
  run: { subscriberId: string; run: number; step: string; startsAt: Instant },
  reader: Reader,
): Promise<void> {
  const { subscriberId, startsAt } = run;
  const dueAt = firstLook(course, run.step, reader, startsAt);
  if (dueAt === undefined) return;
  await nudges.start({ subscriberId, course: course.name, run: run.run, sent: 0, dueAt });
}

/** When the first step with something to do could have been open for long; a look that comes too early only looks again. */
function firstLook(course: Course, from: string, reader: Reader, startsAt: Instant): Instant | undefined {
  const first = course.steps.findIndex(({ id }) => id === from);
  const work = new Set(stepsToDo(course));
  const toDo = course.steps.findIndex((step, position) => position >= first && work.has(step));
  if (toDo < 0) return undefined;
  const days = course.steps
    .slice(first + 1, toDo + 1)
    .reduce((sum, step) => sum + daysBetween(step, reader), 0);
  return whenOpen(course, reader, startOfDayAfter(startsAt, reader.zone, days + nudgeDays));
}
