import type { Course } from "../catalogue.ts";
import type { Delivery } from "../delivery/delivery.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { type Instant, nextMinute } from "../time/instant.ts";
import type { Because } from "./because.ts";
import type { DueEnrolment } from "./enrolment.ts";
import { planStep } from "./plan.ts";

/** What the coming minutes of dispatch will make of an enrolment, as far as it is known now, and why. */
export type StepForecast = StepOutlook & { because: Because[] };

type StepOutlook =
  /** `at` is the minute in which dispatch opens the step's packet. */
  | { status: "goes"; step: string; at: Instant }
  /** Behind a step that is on its way, or has failed: dispatch looks again at that instant. */
  | { status: "waits"; step: string; lookAt: Instant }
  | { status: "stops" };

/** A plan that answers "later" does so once for the delay and once for the window; more often is a mistake. */
const mostLooks = 10;

/** Asks the planner what it will say when dispatch comes to this enrolment, until it says something final. */
export function forecastStep(
  course: Course,
  enrolment: DueEnrolment,
  subscriber: Subscriber | undefined,
  previous: Delivery | undefined,
  now: Instant,
): StepForecast {
  const { dueAt } = enrolment;
  const reasons = new Map<string, Because>();
  let at = nextMinute(dueAt > now ? dueAt : now);
  for (let look = 0; ; look++) {
    const plan = planStep(course, enrolment, subscriber, previous, at);
    for (const because of plan.because) reasons.set(JSON.stringify(because), because);
    const because = [...reasons.values()];
    if (plan.do === "stop") return { status: "stops", because: plan.because };
    if (plan.do === "send") {
      const planned: Because[] =
        dueAt > now && !because.some(namesLater(dueAt)) ? [{ why: "planned", at: dueAt }] : [];
      return { status: "goes", step: plan.step, at, because: [...because, ...planned] };
    }
    const behind = because.some(({ why }) => why === "unsettled" || why === "failed");
    if (behind || look === mostLooks) return { status: "waits", step: plan.step, lookAt: at, because };
    at = nextMinute(plan.until);
  }
}

/** Whether a reason leads at least as far as that instant. */
function namesLater(instant: Instant): (because: Because) => boolean {
  return (because) =>
    (because.why === "delay" && because.from >= instant) ||
    (because.why === "window" && because.opensAt >= instant) ||
    (because.why === "paused" && because.until >= instant) ||
    (because.why === "asked" && because.from >= instant);
}
