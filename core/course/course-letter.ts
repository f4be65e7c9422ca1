import { type Catalogue, courseNamed } from "../catalogue.ts";
import type { Daily } from "../day/daily.ts";
import type { Eligibility, LastLook, Letter } from "../delivery/letter.ts";
import type { Mailing } from "../delivery/mailing.ts";
import { pausedUntil } from "../rhythm/rhythm.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { addHours } from "../time/instant.ts";
import { startOfDayAfter } from "../time/window.ts";
import { countsForDay, walks, whenOpen } from "./plan.ts";

type CourseMailing = Mailing & { kind: "course" };

/** A step of a course. */
export function courseLetter(mailing: CourseMailing, catalogue: Pick<Catalogue, "courses">): Letter {
  const daily = courseDaily(mailing, catalogue);
  return {
    template: `course/${mailing.course}/${mailing.step}`,
    list: mailing.course,
    values: {},
    step: () => mailing,
    eligibility: (subscriber, when) => mayStep(mailing, catalogue, subscriber, when),
    ...(daily && { daily }),
  };
}

/** How a step shares its reader's days; undefined of one that is no day's mail. */
export function courseDaily(
  mailing: Pick<CourseMailing, "course" | "step">,
  catalogue: Pick<Catalogue, "courses">,
): Daily | undefined {
  const course = courseNamed(catalogue, mailing.course);
  const step = course?.steps.find(({ id }) => id === mailing.step);
  if (!course || !step || !countsForDay(step)) return undefined;
  return {
    after: [],
    reserved: true,
    nextDay: (subscriber, { now }) => {
      const to = whenOpen(course, step, subscriber, startOfDayAfter(now, subscriber.zone, 1), true);
      // To give way is no lateness, as a closed window is none.
      return { to, plannedAt: to };
    },
  };
}

function mayStep(
  mailing: CourseMailing,
  catalogue: Pick<Catalogue, "courses">,
  subscriber: Subscriber,
  { plannedAt, now, gaveWay }: LastLook,
): Eligibility {
  const course = courseNamed(catalogue, mailing.course);
  const step = course?.steps.find((candidate) => candidate.id === mailing.step);
  if (!course || !step) return { may: "skip", reason: "superseded" };
  if (!walks(subscriber, mailing)) {
    const run = subscriber.lists[mailing.course]?.run ?? 0;
    return { may: "skip", reason: run > mailing.run ? "superseded" : "unsubscribed" };
  }
  // Looked at again each day, so that a pause that ends early does not hold back the mail.
  const tomorrow = startOfDayAfter(now, subscriber.zone, 1);
  const paused = pausedUntil(subscriber, now);
  if (paused) {
    const to = paused < tomorrow ? paused : tomorrow;
    return { may: "move", to, plannedAt: to };
  }
  const late = now > addHours(plannedAt, course.late.afterHours);
  if (late && course.late.action === "skip") return { may: "skip", reason: "late" };
  const afresh = late && course.late.action === "next-window" && step.window !== "always";
  const open = whenOpen(course, step, subscriber, afresh ? tomorrow : now, gaveWay);
  // A window that was closed is no lateness: it counts from when the mail may first go.
  return open > now ? { may: "move", to: open, plannedAt: open } : { may: "send" };
}
