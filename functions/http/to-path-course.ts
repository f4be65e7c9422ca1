import type { CourseProgress } from "../../core/progress/open-progress.ts";
import { type Instant, localDate } from "../../core/time/instant.ts";
import type { PathCourse } from "../../web/course-path.ts";
import { dateWords } from "../../web/date-words.ts";

/** A course as the page shows it, with the days as the reader's calendar had them. */
export function toPathCourse({ course, steps, finished }: CourseProgress, zone: string): PathCourse {
  const dayOf = (at: Instant | undefined) => at && dateWords(localDate(at, zone));
  return {
    name: course.name,
    title: course.title,
    finished,
    steps: steps.map(({ step, state, sentAt, doneAt }) => ({
      id: step.id,
      title: step.title,
      number: step.number,
      state,
      sentOn: dayOf(sentAt),
      doneOn: dayOf(doneAt),
    })),
  };
}
