import { type Catalogue, courseNamed } from "../catalogue.ts";
import { type ReserveDaysDeps, reserveDays } from "../day/reserve-days.ts";
import { type Delivery, type DeliveryKey, deliveryKey } from "../delivery/delivery.ts";
import { mailingId } from "../delivery/mailing.ts";
import { type OpenPacketsDeps, openPackets } from "../delivery/open-packets.ts";
import {
  type StartDigestAfterCoursesDeps,
  startDigestAfterCourses,
} from "../digest/start-digest-after-courses.ts";
import { forEvery } from "../every.ts";
import type { Deliveries, Enrolments, Subscribers } from "../ports.ts";
import { readable } from "../subscriber/readable.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { addHours, type Instant } from "../time/instant.ts";
import { courseDaily } from "./course-letter.ts";
import type { DueEnrolment, EnrolmentChange } from "./enrolment.ts";
import { type PassOver, passOver } from "./pass-over.ts";
import { type CoursePlan, planStep, stepToGo } from "./plan.ts";

export interface DispatchCourseDeps extends OpenPacketsDeps, ReserveDaysDeps, StartDigestAfterCoursesDeps {
  enrolments: Enrolments;
  subscribers: Subscribers;
  deliveries: Deliveries;
  catalogue: Pick<Catalogue, "site" | "courses">;
}

type Plan = CoursePlan | PassOver;

interface Planned<Of = Plan> {
  enrolment: DueEnrolment;
  subscriber: Subscriber | undefined;
  plan: Of;
}
type Sending = Planned<CoursePlan & { do: "send" }>;

/** A course that the catalogue lacks may come back with the next deployment. */
const missingCourseHours = 24;

/**
 * Sends the steps that are due: packets first, then the digest of those whose course ends with it, and only then each
 * enrolment moves on, from the step and instant that were read. A crash in between enqueues the same deliveries again,
 * which the ledger stops, unless they have gone by then: then the enrolment only moves on.
 * @throws AggregateError once all others are done, if enrolments could not be planned.
 */
export async function dispatchCourse(deps: DispatchCourseDeps, limit: number): Promise<void> {
  const { planned, failures } = await planAll(deps, await deps.enrolments.due(deps.clock.now(), limit));
  const sending = planned.filter(isSending);
  for (const group of groupByMailing(sending)) {
    const [{ enrolment, plan }] = group;
    const mailing = {
      kind: "course",
      course: enrolment.course,
      run: enrolment.run,
      step: plan.step,
    } as const;
    const daily = courseDaily(mailing, deps.catalogue);
    if (daily) {
      const at = deps.clock.now();
      const readers = group.flatMap(({ subscriber }) => (subscriber ? [{ reader: subscriber, at }] : []));
      await reserveDays(deps, mailing, daily, readers, at);
    }
    await openPackets(
      deps,
      mailing,
      group.map((member) => member.enrolment.subscriberId),
      { plannedAt: deps.clock.now() },
    );
  }
  const ending = Map.groupBy(planned.filter(isEnding), ({ enrolment }) => enrolment.subscriberId);
  await forEvery(planned, async (one) => {
    if (one.subscriber && (isEnding(one) || isWithoutCourse(one))) {
      // Two courses may end in one minute: neither row says so yet.
      const runs = ending.get(one.subscriber.id)?.map(({ enrolment }) => enrolment);
      await startDigestAfterCourses(deps, one.subscriber, deps.clock.now(), runs);
    }
    await deps.enrolments.advance(one.enrolment, afterwards(one.enrolment, one.plan));
    if (!isEnding(one)) return;
    // Who joined the digest since they were read above found a course that still walked.
    const current = await deps.subscribers.load(one.enrolment.subscriberId);
    if (current) await startDigestAfterCourses(deps, current, deps.clock.now());
  });
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} enrolments cannot be planned`);
}

async function planAll(
  deps: DispatchCourseDeps,
  due: DueEnrolment[],
): Promise<{ planned: Planned[]; failures: unknown[] }> {
  const [subscribers, ledger] = await Promise.all([
    deps.subscribers.loadMany([...new Set(due.map((enrolment) => enrolment.subscriberId))]),
    deps.deliveries.loadMany(
      due.flatMap((enrolment) =>
        [previousDelivery(enrolment), ownDelivery(deps.catalogue, enrolment)].flatMap((key) => key ?? []),
      ),
    ),
  ]);
  const now = deps.clock.now();
  const planned: Planned[] = [];
  const failures: unknown[] = [];
  for (const enrolment of due) {
    const rowOf = (key: DeliveryKey | undefined) => key && ledger.get(deliveryKey(key));
    const rows = {
      previous: rowOf(previousDelivery(enrolment)),
      own: rowOf(ownDelivery(deps.catalogue, enrolment)),
    };
    try {
      const subscriber = readable(subscribers.get(enrolment.subscriberId));
      const plan = planOne(deps.catalogue, enrolment, subscriber, rows, now);
      planned.push({ enrolment, subscriber, plan });
    } catch (error) {
      failures.push(error);
    }
  }
  return { planned, failures };
}

function planOne(
  catalogue: Pick<Catalogue, "courses">,
  enrolment: DueEnrolment,
  subscriber: Subscriber | undefined,
  { previous, own }: Record<"previous" | "own", Delivery | undefined>,
  now: Instant,
): Plan {
  const course = courseNamed(catalogue, enrolment.course);
  if (!course) {
    const until = addHours(now, missingCourseHours);
    return { do: "wait", step: enrolment.step, until, because: [{ why: "no-course" }] };
  }
  const plan = planStep(course, enrolment, subscriber, previous, now);
  if (plan.do === "stop" || !subscriber) return plan;
  return passOver(course, plan.step, subscriber, own) ?? plan;
}

/** Key of the delivery of the step sent before; none before the first. */
function previousDelivery({ previous, ...enrolment }: DueEnrolment): DeliveryKey | undefined {
  return previous === undefined ? undefined : deliveryOf(enrolment, previous);
}

/** Key of the delivery of the step that goes next. */
function ownDelivery(
  catalogue: Pick<Catalogue, "courses">,
  enrolment: DueEnrolment,
): DeliveryKey | undefined {
  const course = courseNamed(catalogue, enrolment.course);
  const step = course && stepToGo(course, enrolment);
  return step && deliveryOf(enrolment, step.id);
}

function deliveryOf({ subscriberId, course, run }: Omit<DueEnrolment, "step">, step: string): DeliveryKey {
  return { subscriberId, mailing: mailingId({ kind: "course", course, run, step }) };
}

function afterwards({ goesFrom }: DueEnrolment, plan: Plan): EnrolmentChange {
  switch (plan.do) {
    case "send":
    case "pass":
      return {
        ...(plan.next ? { state: "walking", ...plan.next } : { state: "finished" }),
        previous: plan.step,
      };
    case "wait":
      return { state: "walking", step: plan.step, dueAt: plan.until, ...(goesFrom && { goesFrom }) };
    case "stop":
      return { state: "stopped" };
  }
}

function isSending(planned: Planned): planned is Sending {
  return planned.plan.do === "send";
}

/** Whether no further step of the course comes. */
function isEnding({ plan }: Planned): boolean {
  return plan.do === "stop" || (plan.do !== "wait" && plan.next === undefined);
}

/** Whether a deployment has dropped the course: nobody waits for the end of it. */
function isWithoutCourse({ plan }: Planned): boolean {
  return plan.do === "wait" && plan.because.some(({ why }) => why === "no-course");
}

function groupByMailing(sending: Sending[]): [Sending, ...Sending[]][] {
  const groups = Map.groupBy(
    sending,
    ({ enrolment, plan }) => `${enrolment.course} ${enrolment.run} ${plan.step}`,
  );
  return [...groups.values()] as [Sending, ...Sending[]][];
}
