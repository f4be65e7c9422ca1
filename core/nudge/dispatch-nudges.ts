import { type Catalogue, courseNamed } from "../catalogue.ts";
import { type ReserveDaysDeps, reserveDays } from "../day/reserve-days.ts";
import { mailingId } from "../delivery/mailing.ts";
import { type OpenPacketsDeps, openPackets } from "../delivery/open-packets.ts";
import { forEvery } from "../every.ts";
import type { Deliveries, Enrolments, Subscribers } from "../ports.ts";
import { readable } from "../subscriber/readable.ts";
import { addHours, type Instant } from "../time/instant.ts";
import type { DueNudge } from "./nudge.ts";
import { nudgeDaily } from "./nudge-daily.ts";
import type { Nudges } from "./nudge-ports.ts";
import { rowsOfRun } from "./open-steps.ts";
import { type NudgePlan, planNudge } from "./plan-nudge.ts";

export interface DispatchNudgesDeps extends OpenPacketsDeps, ReserveDaysDeps {
  nudges: Nudges;
  subscribers: Subscribers;
  enrolments: Enrolments;
  deliveries: Deliveries;
  catalogue: Pick<Catalogue, "courses">;
}

/** A course that the catalogue lacks may come back with the next deployment. */
const missingCourseHours = 24;

/**
 * Nudges those who are due: packets first, and only then each row moves on, from the count and instant that were
 * read. A crash between the two enqueues the same deliveries again, which the ledger stops.
 * @throws AggregateError once all others are done, if nudges could not be planned.
 */
export async function dispatchNudges(deps: DispatchNudgesDeps, limit: number): Promise<void> {
  const now = deps.clock.now();
  const due = await deps.nudges.due(now, limit);
  if (due.length === 0) return;
  const subscribers = await deps.subscribers.loadMany([...new Set(due.map((nudge) => nudge.subscriberId))]);
  const planned: { nudge: DueNudge; plan: NudgePlan }[] = [];
  const failures: unknown[] = [];
  await forEvery(due, async (nudge) => {
    try {
      const subscriber = readable(subscribers.get(nudge.subscriberId));
      planned.push({ nudge, plan: await planOne(deps, nudge, subscriber, now) });
    } catch (error) {
      failures.push(error);
    }
  });
  const sending = planned.flatMap(({ nudge, plan }) => (plan.do === "send" ? [nudge] : []));
  for (const group of Map.groupBy(sending, (nudge) => mailingId(mailingOf(nudge))).values()) {
    const [first] = group as [DueNudge];
    const recipients = group.map(({ subscriberId }) => subscriberId);
    const course = courseNamed(deps.catalogue, first.course);
    const readers = recipients.flatMap((id) => readable(subscribers.get(id)) ?? []);
    const going = readers.map((reader) => ({ reader, at: now }));
    if (course) await reserveDays(deps, mailingOf(first), nudgeDaily(course), going, now);
    await openPackets(deps, mailingOf(first), recipients, { plannedAt: now });
  }
  await forEvery(planned, ({ nudge, plan }) => deps.nudges.advance(nudge, afterwards(nudge, plan)));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} nudges cannot be planned`);
}

async function planOne(
  deps: DispatchNudgesDeps,
  nudge: DueNudge,
  subscriber: Parameters<typeof planNudge>[2]["subscriber"],
  now: Instant,
): Promise<NudgePlan> {
  const course = courseNamed(deps.catalogue, nudge.course);
  if (!course) return { do: "wait", until: addHours(now, missingCourseHours) };
  const [enrolment] = await deps.enrolments.loadMany(nudge.subscriberId, [nudge.course]);
  const ledger = enrolment ? await deps.deliveries.loadMany(rowsOfRun(course, enrolment)) : new Map();
  return planNudge(course, nudge, { subscriber, enrolment, ledger }, now);
}

/** It names no step: a second plan of a round, which may choose another one, is the same delivery. */
function mailingOf({ course, run, sent }: DueNudge) {
  return { kind: "nudge", course, run, round: sent + 1 } as const;
}

function afterwards({ sent }: DueNudge, plan: NudgePlan): { sent: number; dueAt?: Instant } {
  switch (plan.do) {
    case "send":
      return { sent: sent + 1, ...(plan.next !== undefined && { dueAt: plan.next }) };
    case "wait":
      return { sent, dueAt: plan.until };
    case "over":
      return { sent };
  }
}
