import { type Catalogue, type Course, courseNamed } from "../catalogue.ts";
import { dayOf } from "../day/day-of.ts";
import type { DailySlots } from "../day/day-ports.ts";
import { deliveryKey } from "../delivery/delivery.ts";
import { digestList } from "../digest/digest-subscription.ts";
import type { DigestStandings } from "../explain/explain-ports.ts";
import type { Deliveries, Enrolments } from "../ports.ts";
import { type FindReaderDeps, type FoundReader, findReader } from "../progress/find-reader.ts";
import { listsIn, type Subscriber } from "../subscriber/subscriber.ts";
import { type DigestForecast, digestForecast } from "./next-digest.ts";
import { type NextMail, nextMail } from "./next-mails.ts";

export interface OpenSettingsDeps extends FindReaderDeps {
  enrolments: Enrolments;
  deliveries: Deliveries;
  digests: DigestStandings;
  slots: DailySlots;
  catalogue: Pick<Catalogue, "site" | "courses">;
}

export type OpenSettingsOutcome =
  | {
      status: "open";
      reader: Subscriber;
      courses: { course: Course; next: NextMail }[];
      /** None where the digest is not read. */
      digest?: DigestForecast;
    }
  | Exclude<FoundReader, { status: "found" }>;

/** How a reader has set their mails, and what comes next of each course and of the digest by it. */
export async function openSettings(deps: OpenSettingsDeps, token: string): Promise<OpenSettingsOutcome> {
  const found = await findReader(deps, token);
  if (found.status !== "found") return found;
  const { reader } = found;
  const courses = listsIn(reader, "joined").flatMap((list) => courseNamed(deps.catalogue, list) ?? []);
  const now = deps.clock.now();
  const [enrolments, history, standing, today] = await Promise.all([
    deps.enrolments.loadMany(
      reader.id,
      courses.map(({ name }) => name),
    ),
    deps.deliveries.history(reader.id),
    deps.digests.load(reader.id),
    dayOf(deps.slots, reader, now),
  ]);
  const ledger = new Map(history.map((delivery) => [deliveryKey(delivery), delivery]));
  return {
    status: "open",
    reader,
    ...(reader.lists[digestList]?.state === "joined" && {
      digest: digestForecast(standing, reader, deps.catalogue.site.defaults.window, now, today),
    }),
    courses: courses.map((course) => {
      const enrolment = enrolments.find((candidate) => candidate.course === course.name);
      return { course, next: nextMail(deps.catalogue, course, enrolment, reader, ledger, now, today) };
    }),
  };
}
