import type { Course } from "../catalogue.ts";
import { type Delivery, deliveryKey } from "../delivery/delivery.ts";
import { mailingId } from "../delivery/mailing.ts";
import type { Deliveries, Enrolments } from "../ports.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import { startOfDayAfter } from "../time/window.ts";
import { whenOpen } from "./plan.ts";
import { arrived } from "./was-sent.ts";

export interface HastenDeps {
  enrolments: Pick<Enrolments, "loadMany" | "advance">;
  deliveries: Pick<Deliveries, "loadMany">;
  clock: Clock;
}

const attempts = 2;

/**
 * Lets the step after `done` come on the next local day, in its window, if it only waits for its delay. Never two steps
 * on one day. Who comes second loses to what dispatch, or a change of rhythm, has made of the row, and looks once more.
 */
export async function hasten(
  deps: HastenDeps,
  course: Course,
  reader: Subscriber,
  done: string,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const [enrolment] = await deps.enrolments.loadMany(reader.id, [course.name]);
    if (enrolment?.state !== "walking" || enrolment.previous !== done) return;
    const { subscriberId, run, step: id, dueAt } = enrolment;
    const step = course.steps.find((candidate) => candidate.id === id);
    if (id === undefined || dueAt === undefined || !step) return;

    const key = {
      subscriberId,
      mailing: mailingId({ kind: "course", course: course.name, run, step: done }),
    };
    const sent = (await deps.deliveries.loadMany([key])).get(deliveryKey(key));
    if (!arrived(sent)) return;
    const goesFrom = soonestFrom(sent, reader, deps.clock.now());
    const earlier = whenOpen(course, step, reader, goesFrom);
    if (earlier >= dueAt) return;
    const from = { subscriberId, course: course.name, run, step: id, dueAt };
    if (await deps.enrolments.advance(from, { state: "walking", step: id, goesFrom, dueAt: earlier })) return;
  }
}

/** From when on a reader in a hurry may get the step after one that was sent: on another day than that one. */
export function soonestFrom(sent: Delivery, { zone }: Pick<Subscriber, "zone">, now: Instant): Instant {
  const nextDay = startOfDayAfter(sent.settledAt ?? sent.claimedAt, zone, 1);
  return nextDay > now ? nextDay : now;
}
