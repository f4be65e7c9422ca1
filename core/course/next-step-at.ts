import type { Course } from "../catalogue.ts";
import { deliveryKey } from "../delivery/delivery.ts";
import { mailingId } from "../delivery/mailing.ts";
import type { Deliveries, Enrolments } from "../ports.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import { forecastStep } from "./forecast-step.ts";

export interface NextStepAtDeps {
  enrolments: Pick<Enrolments, "loadMany">;
  deliveries: Pick<Deliveries, "loadMany">;
  clock: Clock;
}

/** When the next step of a course comes to a reader; undefined if none does, or nobody can say yet. */
export async function nextStepAt(
  deps: NextStepAtDeps,
  course: Course,
  reader: Subscriber,
): Promise<Instant | undefined> {
  const [enrolment] = await deps.enrolments.loadMany(reader.id, [course.name]);
  if (enrolment?.step === undefined || enrolment.dueAt === undefined) return undefined;
  const { subscriberId, run, previous, step, dueAt, ...rest } = enrolment;
  const due = {
    ...rest,
    subscriberId,
    run,
    step,
    dueAt,
    ...(previous !== undefined && { previous }),
  };
  const key = previous !== undefined && {
    subscriberId,
    mailing: mailingId({ kind: "course", course: course.name, run, step: previous }),
  };
  const before = key ? (await deps.deliveries.loadMany([key])).get(deliveryKey(key)) : undefined;
  const forecast = forecastStep(course, due, reader, before, deps.clock.now());
  return forecast.status === "goes" ? forecast.at : undefined;
}
