import { type Catalogue, type Course, courseNamed } from "../catalogue.ts";
import type { Enrolment } from "../course/enrolment.ts";
import { type StepStanding, stepStandings } from "../course/step-states.ts";
import { deliveryKey } from "../delivery/delivery.ts";
import type { Deliveries, Enrolments } from "../ports.ts";
import { datesAhead, type ReminderDate } from "../reminder/reminder-date.ts";
import type { ReminderDates } from "../reminder/reminder-ports.ts";
import { listsIn, type Subscriber } from "../subscriber/subscriber.ts";
import { type FindReaderDeps, type FoundReader, findReader } from "./find-reader.ts";

export interface OpenProgressDeps extends FindReaderDeps {
  enrolments: Enrolments;
  deliveries: Deliveries;
  dates: ReminderDates;
  catalogue: Pick<Catalogue, "courses">;
}

export interface CourseProgress {
  course: Course;
  steps: StepStanding[];
  finished: boolean;
}

export type OpenProgressOutcome =
  | { status: "open"; reader: Subscriber; courses: CourseProgress[]; dates: ReminderDate[] }
  | Exclude<FoundReader, { status: "found" }>;

/** What a reader has behind them and before them: the courses that they are on, and their dates. */
export async function openProgress(deps: OpenProgressDeps, token: string): Promise<OpenProgressOutcome> {
  const found = await findReader(deps, token);
  if (found.status !== "found") return found;
  const { reader } = found;
  const courses = coursesOf(deps.catalogue, reader);
  const [enrolments, history, dates] = await Promise.all([
    deps.enrolments.loadMany(
      reader.id,
      courses.map(({ name }) => name),
    ),
    deps.deliveries.history(reader.id),
    deps.dates.of(reader.id),
  ]);
  const ledger = new Map(history.map((delivery) => [deliveryKey(delivery), delivery]));
  return {
    status: "open",
    reader,
    courses: courses.map((course) => {
      const enrolment = enrolments.find((candidate) => candidate.course === course.name);
      const steps = stepStandings(course, enrolment, ledger);
      return { course, steps, finished: isFinished(enrolment, steps) };
    }),
    dates: datesAhead(dates, reader, deps.clock.now()),
  };
}

function coursesOf(catalogue: Pick<Catalogue, "courses">, reader: Subscriber): Course[] {
  return listsIn(reader, "joined").flatMap((list) => courseNamed(catalogue, list) ?? []);
}

function isFinished(enrolment: Enrolment | undefined, steps: StepStanding[]): boolean {
  return enrolment?.state === "finished" && steps.every(({ state }) => state !== "next" && state !== "later");
}
