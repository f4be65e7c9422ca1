import type { Catalogue } from "../../core/catalogue.ts";
import type { StepStanding } from "../../core/course/step-states.ts";
import { digestList } from "../../core/digest/digest-subscription.ts";
import { type CourseProgress, type NextStep, stepsToDo } from "../../core/progress/course-progress.ts";
import type { OpenStepOutcome } from "../../core/progress/open-step.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import { type Instant, localDate } from "../../core/time/instant.ts";
import { dateWords } from "../../web/date-words.ts";
import type { DonePage } from "../../web/done-page.ts";
import type { FinishedPage } from "../../web/finished-page.ts";
import type { RestartedPage } from "../../web/restarted-page.ts";
import type { StepPage } from "../../web/step-page.ts";
import { nearDay } from "./near-day.ts";

/** What all of these pages are made from. */
export interface Shown {
  catalogue: Pick<Catalogue, "site" | "pages">;
  token: string;
  now: Instant;
}

type OpenStep = Extract<OpenStepOutcome, { status: "open" }>;

/** A step as its page shows it, with the days as the reader's calendar has them. */
export function toStepPage({ catalogue, token, now }: Shown, open: OpenStep): StepPage {
  const { reader, progress, standing, mail, ticked, isCurrent } = open;
  const { course, steps, next } = progress;
  const { step } = standing;
  const position = course.steps.findIndex(({ id }) => id === step.id);
  const { zone } = reader;
  return {
    site: catalogue.site,
    token,
    course: {
      name: course.name,
      title: course.title,
      numbered: course.steps.filter(({ number }) => number !== undefined).length,
    },
    step: { id: step.id, title: step.title, number: step.number },
    ...mail,
    sentOn: dayOf(standing.sentAt, reader),
    doneOn: dayOf(standing.doneAt, reader),
    isCurrent,
    isToDo: stepsToDo(steps).some((candidate) => candidate.step.id === step.id),
    mayRestart: reader.lists[course.name]?.state === "joined",
    tasks: step.checklist.map((task) => ({ ...task, isTicked: ticked.includes(task.id) })),
    next: next?.at
      ? { comes: nearDay(next.at, zone, now), sooner: soonerWords(next, step.id, zone, now) }
      : undefined,
    around: { before: sentOf(steps[position - 1]), after: sentOf(steps[position + 1]) },
    references: referencesOf(catalogue.pages, course.name),
  };
}

/** A step that was just marked, and what comes after it. */
export function toDonePage(
  { catalogue, token, now }: Shown,
  reader: Subscriber,
  { course, steps, next }: CourseProgress,
  stepId: string,
): DonePage {
  const step = course.steps.find(({ id }) => id === stepId);
  return {
    site: catalogue.site,
    token,
    course,
    step: { id: stepId, title: step?.title ?? stepId },
    done: stepsToDo(steps).map(({ state }) => state === "done"),
    next: next && { title: next.step.title, comes: next.at && nearDay(next.at, reader.zone, now) },
  };
}

/** A course at its end. */
export function toFinishedPage(
  { catalogue, token, now }: Shown,
  reader: Subscriber,
  { course, steps, complete, startedAt, next }: CourseProgress,
): FinishedPage {
  const toDo = stepsToDo(steps);
  const [endedAt] = toDo
    .flatMap(({ doneAt }) => doneAt ?? [])
    .toSorted()
    .reverse();
  const [first] = course.steps;
  return {
    site: catalogue.site,
    token,
    name: reader.name,
    course,
    steps: toDo.map((standing) => ({
      id: standing.step.id,
      title: standing.step.title,
      isDone: standing.state === "done",
      isOpen: sentOf(standing) !== undefined,
      doneOn: dayOf(standing.doneAt, reader),
    })),
    isComplete: complete,
    beganOn: dayOf(startedAt, reader),
    endedOn: dayOf(endedAt, reader),
    next: next && { title: next.step.title, comes: next.at && nearDay(next.at, reader.zone, now) },
    readsDigest: reader.lists[digestList]?.state === "joined",
    references: referencesOf(catalogue.pages, course.name),
    first,
  };
}

/** A course that was just started again. */
export function toRestartedPage(
  { catalogue, token, now }: Shown,
  { zone }: Subscriber,
  { course, next }: CourseProgress,
): RestartedPage {
  return {
    site: catalogue.site,
    token,
    courseTitle: course.title,
    stepTitle: next?.step.title ?? course.title,
    comes: next?.at && nearDay(next.at, zone, now),
  };
}

function dayOf(at: Instant | undefined, { zone }: Subscriber): string | undefined {
  return at && dateWords(localDate(at, zone));
}

/** Another day, not just an earlier hour of the same. */
function soonerWords({ at, sooner }: NextStep, after: string, zone: string, now: Instant) {
  if (!at || sooner?.after !== after) return undefined;
  return localDate(at, zone) === localDate(sooner.at, zone) ? undefined : nearDay(sooner.at, zone, now);
}

function sentOf(standing: StepStanding | undefined): { id: string; title: string } | undefined {
  const isSent = standing && ["sent", "unknown", "done"].includes(standing.state);
  return isSent ? standing.step : undefined;
}

function referencesOf(pages: Catalogue["pages"], course: string): { path: string; title: string }[] {
  return Object.entries(pages)
    .filter(([path]) => path.startsWith(`courses/${course}/`))
    .map(([path, { title }]) => ({ path, title }));
}
