import { type Catalogue, type Course, courseNamed } from "../catalogue.ts";
import type { Enrolment } from "../course/enrolment.ts";
import { walks } from "../course/plan.ts";
import type { Delivery } from "../delivery/delivery.ts";
import type { Eligibility, LastLook, Letter } from "../delivery/letter.ts";
import type { Mailing } from "../delivery/mailing.ts";
import type { Deliveries, Enrolments } from "../ports.ts";
import { pausedUntil } from "../rhythm/rhythm.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { addDays, type Instant } from "../time/instant.ts";
import { startOfDayAfter } from "../time/window.ts";
import { nudgeDaily } from "./nudge-daily.ts";
import { type OpenStep, openSteps, rowsOfRun } from "./open-steps.ts";
import { isStepDay, whenOpen } from "./plan-nudge.ts";

type NudgeMailing = Mailing & { kind: "nudge" };

export interface NudgeLetterDeps {
  enrolments: Enrolments;
  deliveries: Deliveries;
  catalogue: Pick<Catalogue, "courses">;
}

/** What is known of the recipients' ways, as it stands when the packet is opened. */
interface Ways {
  enrolments: Map<string, Enrolment>;
  ledger: ReadonlyMap<string, Delivery>;
}

/** Later than that it is left out: the reader has gone on, or will be looked at again. */
const lateDays = 5;

/** The nudge towards the steps that stay open as it goes, the one before all that has been open longest. */
export async function nudgeLetter(
  deps: NudgeLetterDeps,
  mailing: NudgeMailing,
  { now, recipients }: { now: Instant; recipients: string[] },
): Promise<Letter> {
  const course = courseNamed(deps.catalogue, mailing.course);
  const ways = await loadWays(deps, course, mailing, recipients);
  const openOf = (subscriber: Subscriber) => (course ? longOpen(course, ways, subscriber, now) : []);
  return {
    template: "nudge",
    list: mailing.course,
    step: (subscriber) => {
      const [longest] = openOf(subscriber);
      return longest && { course: mailing.course, step: longest.step.id };
    },
    values: { source: course?.title ?? "" },
    eligibility: (subscriber, when) =>
      course
        ? mayNudge(course, mailing, ways, subscriber, { ...when, isOpen: openOf(subscriber).length > 0 })
        : { may: "skip", reason: "superseded" },
    ...(course && { daily: nudgeDaily(course) }),
    personal: (subscriber) => {
      const titles = openOf(subscriber).map(({ step }) => step.title);
      return { title: titles[0] ?? "", summary: openInWords(titles) };
    },
  };
}

async function loadWays(
  deps: NudgeLetterDeps,
  course: Course | undefined,
  { course: name }: NudgeMailing,
  recipients: string[],
): Promise<Ways> {
  const loaded = await Promise.all(recipients.map((id) => deps.enrolments.loadMany(id, [name])));
  const enrolments = loaded.flat();
  return {
    enrolments: new Map(enrolments.map((enrolment) => [enrolment.subscriberId, enrolment])),
    ledger: course
      ? await deps.deliveries.loadMany(enrolments.flatMap((enrolment) => rowsOfRun(course, enrolment)))
      : new Map(),
  };
}

function mayNudge(
  course: Course,
  mailing: NudgeMailing,
  { enrolments, ledger }: Ways,
  subscriber: Subscriber,
  { plannedAt, now, gaveWay, isOpen }: LastLook & { isOpen: boolean },
): Eligibility {
  const enrolment = enrolments.get(subscriber.id);
  if (!walks(subscriber, mailing)) {
    const run = subscriber.lists[mailing.course]?.run ?? 0;
    return { may: "skip", reason: run > mailing.run ? "superseded" : "unsubscribed" };
  }
  if (enrolment?.run !== mailing.run) return { may: "skip", reason: "superseded" };
  if (!isOpen) return { may: "skip", reason: "done" };
  if (subscriber.rhythm?.nudges === false) return { may: "skip", reason: "unsubscribed" };
  if (pausedUntil(subscriber, now)) return { may: "skip", reason: "paused" };
  const today = isStepDay(course, enrolment, subscriber, ledger, now);
  const from = today ? startOfDayAfter(now, subscriber.zone, 1) : now;
  const open = whenOpen(course, subscriber, from, gaveWay);
  if (open > addDays(plannedAt, lateDays)) return { may: "skip", reason: "late" };
  return open > now ? { may: "move", to: open, plannedAt } : { may: "send" };
}

/** The steps that had been open for long when the packet was opened. */
function longOpen(
  course: Course,
  { enrolments, ledger }: Ways,
  subscriber: Subscriber,
  now: Instant,
): OpenStep[] {
  const enrolment = enrolments.get(subscriber.id);
  if (!enrolment) return [];
  return openSteps(course, enrolment, subscriber, ledger).filter(({ longAt }) => longAt <= now);
}

/** "Your step “Finish school” is", "Your steps “Finish school” and “Find the job” are" */
function openInWords(titles: string[]): string {
  const quoted = titles.map((title) => `“${title}”`);
  const list = new Intl.ListFormat("en", { type: "conjunction" }).format(quoted);
  return quoted.length > 1 ? `Your steps ${list} are` : `Your step ${list} is`;
}
