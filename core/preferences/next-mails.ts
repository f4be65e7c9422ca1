import type { Catalogue, Course, Step } from "../catalogue.ts";
import { courseLetter } from "../course/course-letter.ts";
import type { Enrolment } from "../course/enrolment.ts";
import { forecastStep } from "../course/forecast-step.ts";
import { putOffBy, type TakenDay } from "../day/put-off.ts";
import { type Delivery, deliveryKey } from "../delivery/delivery.ts";
import { mailingId } from "../delivery/mailing.ts";
import { whenItGoes } from "../explain/when-it-goes.ts";
import { dueOf, lookAgainAt } from "../rhythm/replan.ts";
import { pausedUntil } from "../rhythm/rhythm.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { type Instant, nextMinute } from "../time/instant.ts";
import { startOfDayAfter } from "../time/window.ts";

/** What comes next of a course. */
export type NextMail =
  | { status: "goes"; step: Step; at: Instant }
  /** The step before could not be delivered, or is just being handed over. */
  | { status: "waits"; step: Step }
  /** It is over, has not begun yet, or does not go on, since no mail may reach the reader. */
  | { status: "finished" | "begins" | "stops" };

/**
 * What dispatch and the send path will make of a course by the reader's rhythm, also where they have not looked yet; `today`
 * is the reader's day, if a mail has it.
 */
export function nextMail(
  catalogue: Pick<Catalogue, "courses">,
  course: Course,
  enrolment: Enrolment | undefined,
  reader: Subscriber,
  ledger: ReadonlyMap<string, Delivery>,
  now: Instant,
  today?: TakenDay,
): NextMail {
  const due = enrolment && dueOf(enrolment);
  if (reader.suppressed) return { status: "stops" };
  if (enrolment?.run !== reader.lists[course.name]?.run) return { status: "begins" };
  if (!enrolment || !due) return { status: enrolment?.state === "finished" ? "finished" : "stops" };
  const { subscriberId, run, previous } = due;
  const mailingOf = (step: string) => ({ kind: "course", course: course.name, run, step }) as const;
  const before =
    previous === undefined
      ? undefined
      : ledger.get(deliveryKey({ subscriberId, mailing: mailingId(mailingOf(previous)) }));
  const goes = (id: string, plannedAt: Instant): NextMail => {
    const step = course.steps.find((candidate) => candidate.id === id);
    if (!step) return { status: "stops" };
    const letter = courseLetter(mailingOf(id), catalogue);
    // A pause is looked at day by day, so a long one would end the forecast before it ends.
    const at = pausedUntil(reader, plannedAt) ?? plannedAt;
    const mail = whenItGoes(
      (when) => letter.eligibility(reader, when),
      { plannedAt: at, at },
      putOffBy(today, mailingId(mailingOf(id)), letter, reader),
    );
    return mail.status === "goes" ? { status: "goes", step, at: mail.at } : { status: "stops" };
  };

  // What is still to be handed over comes before anything that is planned behind it.
  const isUnderWay = previous !== undefined && (before === undefined || before.state === "released");
  if (isUnderWay) {
    const first = goes(previous, now);
    const isOpen = first.status === "goes" && first.at <= nextMinute(now);
    // What a pause has put off is taken up at the start of a day, also when the pause ended before.
    return before && isOpen ? goes(previous, startOfDayAfter(now, reader.zone, 1)) : first;
  }
  const dueAt = reader.todo.replan === undefined ? due.dueAt : lookAgainAt(course, enrolment, reader, now);
  const forecast = forecastStep(course, { ...due, dueAt }, reader, before, now);
  if (forecast.status === "goes") return goes(forecast.step, forecast.at);
  const step = course.steps.find(({ id }) => forecast.status === "waits" && id === forecast.step);
  return step ? { status: "waits", step } : { status: "stops" };
}
