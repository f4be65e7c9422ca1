import type { Course } from "../catalogue.ts";
import type { Enrolment } from "../course/enrolment.ts";
import type { Delivery } from "../delivery/delivery.ts";
import { mailingId } from "../delivery/mailing.ts";
import type { Nudge } from "../nudge/nudge.ts";
import { planNudge } from "../nudge/plan-nudge.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { type Instant, nextMinute } from "../time/instant.ts";

/** How many nudges went in a run, and the next one as far as it is known now; none where nothing more comes. */
export interface NudgeExplained {
  sent: number;
  off: boolean;
  next?: { mailing: string; at: Instant };
  /** Nothing is open for long enough yet: looked at again then. */
  lookAt?: Instant;
}

/** A plan that answers "later" does so for a pause, the window and a day that brings a step. */
const mostLooks = 20;

/** Explains the nudge of one course, by what dispatch will say when it is due, if the reader does nothing. */
export function explainNudge(
  course: Course,
  nudge: Nudge,
  subscriber: Subscriber,
  enrolment: Enrolment,
  ledger: ReadonlyMap<string, Delivery>,
  now: Instant,
): NudgeExplained {
  const { sent, run, dueAt } = nudge;
  const explained = { sent, off: subscriber.rhythm?.nudges === false };
  if (dueAt === undefined) return explained;
  const lookAt = dueAt > now ? dueAt : now;
  let at = nextMinute(lookAt);
  for (let look = 0; look < mostLooks; look++) {
    const plan = planNudge(course, { ...nudge, dueAt }, { subscriber, enrolment, ledger }, at);
    if (plan.do === "over") return explained;
    if (plan.do === "send") {
      const mailing = { kind: "nudge", course: course.name, run, round: sent + 1 } as const;
      return { ...explained, next: { mailing: mailingId(mailing), at } };
    }
    // What comes after the next step nobody knows yet.
    if (enrolment.dueAt !== undefined && at > enrolment.dueAt) break;
    at = nextMinute(plan.until);
  }
  return { ...explained, lookAt };
}
