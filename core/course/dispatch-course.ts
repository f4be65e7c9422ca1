import { type Catalogue, courseNamed } from "../catalogue.ts";
import { deliveryKey } from "../delivery/delivery.ts";
import { mailingId } from "../delivery/mailing.ts";
import { type OpenPacketsDeps, openPackets } from "../delivery/open-packets.ts";
import type { Deliveries, Enrolments, Subscribers } from "../ports.ts";
import type { DueEnrolment } from "./enrolment.ts";
import { type CoursePlan, planStep } from "./plan.ts";

export interface DispatchCourseDeps extends OpenPacketsDeps {
  enrolments: Enrolments;
  subscribers: Subscribers;
  deliveries: Deliveries;
  catalogue: Catalogue;
}

interface Planned {
  enrolment: DueEnrolment;
  plan: CoursePlan;
}

/**
 * Sends the steps that are due: packets first, and only then each enrolment moves on, from the step and
 * instant that were read. A crash between the two enqueues the same deliveries again, which the ledger stops.
 * @returns how many mails were enqueued.
 */
export async function dispatchCourse(deps: DispatchCourseDeps, limit: number): Promise<number> {
  const planned = await planAll(deps, await deps.enrolments.due(deps.clock.now(), limit));
  const sending = planned.filter(({ plan }) => plan.do === "send");
  for (const group of groupByMailing(sending)) {
    const [{ enrolment }] = group;
    await openPackets(
      deps,
      { kind: "course", course: enrolment.course, run: enrolment.run, step: enrolment.step },
      group.map((member) => member.enrolment.subscriberId),
      { plannedAt: deps.clock.now() },
    );
  }
  await Promise.all(
    planned.map(({ enrolment, plan }) => deps.enrolments.advance(enrolment, afterwards(enrolment, plan))),
  );
  return sending.length;
}

async function planAll(deps: DispatchCourseDeps, due: DueEnrolment[]): Promise<Planned[]> {
  const [subscribers, ledger] = await Promise.all([
    deps.subscribers.loadMany([...new Set(due.map((enrolment) => enrolment.subscriberId))]),
    deps.deliveries.loadMany(due.flatMap((enrolment) => previousDelivery(deps.catalogue, enrolment) ?? [])),
  ]);
  return due.map((enrolment): Planned => {
    const course = courseNamed(deps.catalogue, enrolment.course);
    if (!course) return { enrolment, plan: { do: "stop" } };
    const before = previousDelivery(deps.catalogue, enrolment);
    const previous = before && ledger.get(deliveryKey(before));
    const subscriber = subscribers.get(enrolment.subscriberId);
    return { enrolment, plan: planStep(course, enrolment, subscriber, previous, deps.clock.now()) };
  });
}

/** Key of the delivery of the step before; none for the first step, or one that left the course. */
function previousDelivery(catalogue: Catalogue, enrolment: DueEnrolment) {
  const steps = courseNamed(catalogue, enrolment.course)?.steps ?? [];
  const before = steps[steps.findIndex((step) => step.id === enrolment.step) - 1];
  if (!before) return undefined;
  const { subscriberId, course, run } = enrolment;
  return { subscriberId, mailing: mailingId({ kind: "course", course, run, step: before.id }) };
}

function afterwards(enrolment: DueEnrolment, plan: CoursePlan): Parameters<Enrolments["advance"]>[1] {
  switch (plan.do) {
    case "send":
      return plan.next ? { state: "walking", ...plan.next } : { state: "finished" };
    case "wait":
      return { state: "walking", step: enrolment.step, dueAt: plan.until };
    case "stop":
      return { state: "stopped" };
  }
}

function groupByMailing(planned: Planned[]): [Planned, ...Planned[]][] {
  const groups = Map.groupBy(
    planned,
    ({ enrolment }) => `${enrolment.course} ${enrolment.run} ${enrolment.step}`,
  );
  return [...groups.values()] as [Planned, ...Planned[]][];
}
