import { type Catalogue, type Course, courseNamed } from "../catalogue.ts";
import { deliveryKey } from "../delivery/delivery.ts";
import type { Deliveries, Enrolments } from "../ports.ts";
import { listsIn, type Subscriber } from "../subscriber/subscriber.ts";
import { type CourseProgress, courseProgress } from "./course-progress.ts";
import { type FindReaderDeps, type FoundReader, findReader } from "./find-reader.ts";
import { type OwnDates, type OwnDatesDeps, ownDates } from "./own-dates.ts";

export interface OpenProgressDeps extends FindReaderDeps, OwnDatesDeps {
  enrolments: Enrolments;
  deliveries: Deliveries;
  catalogue: Pick<Catalogue, "courses" | "credentials">;
}

export type OpenProgressOutcome =
  | { status: "open"; reader: Subscriber; courses: CourseProgress[]; own: OwnDates }
  | Exclude<FoundReader, { status: "found" }>;

/** What a reader has behind them and before them: the courses that they are on, and their dates. */
export async function openProgress(deps: OpenProgressDeps, token: string): Promise<OpenProgressOutcome> {
  const found = await findReader(deps, token);
  if (found.status !== "found") return found;
  const { reader } = found;
  const courses = coursesOf(deps.catalogue, reader);
  const [enrolments, history, own] = await Promise.all([
    deps.enrolments.loadMany(
      reader.id,
      courses.map(({ name }) => name),
    ),
    deps.deliveries.history(reader.id),
    ownDates(deps, reader),
  ]);
  const ledger = new Map(history.map((delivery) => [deliveryKey(delivery), delivery]));
  const now = deps.clock.now();
  return {
    status: "open",
    reader,
    courses: courses.map((course) => {
      const enrolment = enrolments.find((candidate) => candidate.course === course.name);
      return courseProgress(course, { reader, enrolment, ledger }, now);
    }),
    own,
  };
}

function coursesOf(catalogue: Pick<Catalogue, "courses">, reader: Subscriber): Course[] {
  return listsIn(reader, "joined").flatMap((list) => courseNamed(catalogue, list) ?? []);
}
