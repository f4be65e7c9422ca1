import type { CourseProgress } from "../../core/progress/course-progress.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import { type Instant, localDate } from "../../core/time/instant.ts";
import type { PathCourse } from "../../web/course-path.ts";
import { dateWords } from "../../web/date-words.ts";
import { nearDay } from "./near-day.ts";

/** A course as the page shows it, with the days as the reader's calendar had them. */
export function toPathCourse(
  progress: CourseProgress,
  { zone }: Pick<Subscriber, "zone">,
  now: Instant,
): PathCourse {
  const { course, steps, finished, complete, next } = progress;
  const dayOf = (at: Instant | undefined) => at && dateWords(localDate(at, zone));
  return {
    name: course.name,
    title: course.title,
    finished,
    complete,
    steps: steps.map(({ step, state, sentAt, doneAt }) => ({
      id: step.id,
      title: step.title,
      number: step.number,
      state,
      sentOn: dayOf(sentAt),
      doneOn: dayOf(doneAt),
      comes: next?.at && next.step.id === step.id ? nearDay(next.at, zone, now) : undefined,
    })),
  };
}
