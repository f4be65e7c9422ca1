import { type Catalogue, courseNamed } from "../catalogue.ts";
import type { Because } from "../course/because.ts";
import { courseLetter } from "../course/course-letter.ts";
import type { Enrolment } from "../course/enrolment.ts";
import { forecastStep, type StepForecast } from "../course/forecast-step.ts";
import { type StepStanding, stepStandings } from "../course/step-states.ts";
import { putOffBy, type TakenDay } from "../day/put-off.ts";
import { type Delivery, deliveryKey } from "../delivery/delivery.ts";
import { mailingId } from "../delivery/mailing.ts";
import type { Nudge } from "../nudge/nudge.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { type ClockChange, clockChangeBetween } from "../time/clock-change.ts";
import type { Instant } from "../time/instant.ts";
import { explainNudge, type NudgeExplained } from "./explain-nudge.ts";
import { type MailForecast, whenItGoes } from "./when-it-goes.ts";

/** Where somebody is in a course, what comes next, when, and why then. */
export interface CourseExplained {
  course: string;
  run: number;
  state: Enrolment["state"];
  startedAt: Instant;
  /** Of this run, as the progress page shows them; none of a course that the catalogue lacks. */
  steps: (Pick<StepStanding, "state" | "sentAt" | "doneAt"> & { id: string })[];
  next?: NextStep;
  nudge?: NudgeExplained;
}

export interface NextStep {
  mailing: string;
  forecast: StepForecast;
  /** What the send path will say when the step is planned for then. */
  mail?: MailForecast;
  /** The clocks there change between now and then. */
  clockChange?: ClockChange;
}

/** Explains one course, by what dispatch and the send path will say when they come to it. */
export function explainCourse(
  catalogue: Pick<Catalogue, "courses">,
  enrolment: Enrolment,
  subscriber: Subscriber,
  ledger: ReadonlyMap<string, Delivery>,
  now: Instant,
  { nudge, today }: { nudge?: Nudge | undefined; today?: TakenDay | undefined } = {},
): CourseExplained {
  const { course: name, run, state, startedAt } = enrolment;
  const course = courseNamed(catalogue, name);
  const standings = course ? stepStandings(course, enrolment, ledger, subscriber.lists[name]?.from) : [];
  const explained = {
    course: name,
    run,
    state,
    startedAt,
    steps: standings.map(({ step: { id }, ...standing }) => ({ id, ...standing })),
    ...(course &&
      nudge?.run === run && { nudge: explainNudge(course, nudge, subscriber, enrolment, ledger, now) }),
  };
  if (!enrolment.step || !enrolment.dueAt) return explained;
  if (!course) {
    const because: Because[] = [{ why: "no-course" }];
    const mailing = mailingId({ kind: "course", course: name, run, step: enrolment.step });
    const forecast = { status: "waits", step: enrolment.step, lookAt: enrolment.dueAt, because } as const;
    return { ...explained, next: { mailing, forecast } };
  }
  const { previous, ...unbegun } = enrolment;
  const due = {
    ...unbegun,
    step: enrolment.step,
    dueAt: enrolment.dueAt,
    ...(previous !== undefined && { previous }),
  };
  const forecast = forecastStep(course, due, subscriber, previousOf(enrolment, ledger), now);
  const step = forecast.status === "stops" ? enrolment.step : forecast.step;
  const mailing = { kind: "course", course: name, run, step } as const;
  const next = { mailing: mailingId(mailing), forecast };
  if (forecast.status !== "goes") return { ...explained, next };
  const letter = courseLetter(mailing, catalogue);
  const { at } = forecast;
  const mail = whenItGoes(
    (when) => letter.eligibility(subscriber, when),
    { plannedAt: at, at },
    putOffBy(today, mailingId(mailing), letter, subscriber),
  );
  const clockChange = clockChangeBetween(now, at, subscriber.zone);
  return { ...explained, next: { ...next, mail, ...(clockChange && { clockChange }) } };
}

function previousOf(
  { subscriberId, course, run, previous }: Enrolment,
  ledger: ReadonlyMap<string, Delivery>,
): Delivery | undefined {
  if (previous === undefined) return undefined;
  const mailing = mailingId({ kind: "course", course, run, step: previous });
  return ledger.get(deliveryKey({ subscriberId, mailing }));
}
