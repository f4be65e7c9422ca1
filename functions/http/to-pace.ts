import type { Course } from "../../core/catalogue.ts";
import { hours, type RhythmProblems, type TypedRhythm } from "../../core/rhythm/read-rhythm.ts";
import { daysBetween, type Rhythm, type Speed, speeds } from "../../core/rhythm/rhythm.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import type { PaceForm, PaceOfCourse } from "../../web/pace-form.ts";

/** The form of the pace as it is kept or, after a mistake, as it was entered. */
export function toPaceForm(
  token: string,
  { rhythm, zone }: Subscriber,
  courses: Course[],
  mistake?: { values: TypedRhythm; problems: RhythmProblems },
): PaceForm {
  return {
    token,
    zone,
    hours,
    speeds: speeds.map((speed) => ({
      speed,
      courses: courses.flatMap((course) => paceOf(course, speed) ?? []),
    })),
    values: mistake?.values ?? typedOf(rhythm, zone),
    problems: mistake?.problems,
  };
}

/** What was chosen, as its form would send it. */
export function typedOf({ speed, day, hour, nudges }: Rhythm = {}, zone: string): TypedRhythm {
  return {
    speed: speed ?? "weekly",
    day: day ?? "any",
    hour: hour === undefined ? "default" : String(hour),
    zone,
    nudges: nudges !== false,
  };
}

/** What a speed makes of a course; nothing where its steps follow each other at once. */
function paceOf({ title, steps }: Course, speed: Speed): PaceOfCourse | undefined {
  const [, ...followers] = steps;
  const gaps = followers.map((step) => daysBetween(step, { zone: "", rhythm: { speed } }));
  const [usual] = gaps.toSorted((one, other) => timesIn(gaps, other) - timesIn(gaps, one));
  if (!usual) return undefined;
  return { title, daysBetween: usual, days: gaps.reduce((sum, gap) => sum + gap, 0) };
}

function timesIn(gaps: number[], gap: number): number {
  return gaps.filter((other) => other === gap).length;
}
