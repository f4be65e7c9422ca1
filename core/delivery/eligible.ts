import { type Catalogue, courseNamed } from "../catalogue.ts";
import { walks, whenOpen } from "../course/plan.ts";
import { listsIn, type Subscriber, statusOf } from "../subscriber/subscriber.ts";
import { addHours, type Instant } from "../time/instant.ts";
import { startOfDayAfter } from "../time/window.ts";
import type { SkipReason } from "./delivery.ts";
import type { Mailing } from "./mailing.ts";

/** Whether a claimed mail may go now: the last look before it is handed over. */
export type Eligibility =
  | { may: "send" }
  | { may: "skip"; reason: SkipReason }
  /** Not now: the window is closed. `plannedAt` moves along when the mail was late and starts afresh. */
  | { may: "move"; to: Instant; plannedAt: Instant };

/** Decides on one recipient, from the subscriber as it stands after the claim: an unsubscribe always wins. */
export function eligibilityOf(
  mailing: Mailing,
  subscriber: Subscriber | undefined,
  catalogue: Catalogue,
  plannedAt: Instant,
  now: Instant,
): Eligibility {
  if (!subscriber) return { may: "skip", reason: "gone" };
  if (subscriber.suppressed) return { may: "skip", reason: "suppressed" };
  return mailing.kind === "confirm"
    ? mayConfirm(mailing, subscriber)
    : mayStep(mailing, subscriber, catalogue, plannedAt, now);
}

function mayConfirm(mailing: Mailing & { kind: "confirm" }, subscriber: Subscriber): Eligibility {
  if (listsIn(subscriber, "wanted").length === 0) {
    return { may: "skip", reason: statusOf(subscriber) === "active" ? "already-confirmed" : "unsubscribed" };
  }
  const newest = subscriber.confirmationsAt.at(-1)?.slice(0, 10);
  return newest === mailing.date ? { may: "send" } : { may: "skip", reason: "superseded" };
}

function mayStep(
  mailing: Mailing & { kind: "course" },
  subscriber: Subscriber,
  catalogue: Catalogue,
  plannedAt: Instant,
  now: Instant,
): Eligibility {
  const course = courseNamed(catalogue, mailing.course);
  const step = course?.steps.find((candidate) => candidate.id === mailing.step);
  if (!course || !step) return { may: "skip", reason: "superseded" };
  if (!walks(subscriber, mailing)) {
    const since = subscriber.lists[mailing.course]?.run ?? 0;
    return { may: "skip", reason: since > mailing.run ? "superseded" : "unsubscribed" };
  }
  const late = now > addHours(plannedAt, course.late.afterHours);
  if (late && course.late.action === "skip") return { may: "skip", reason: "late" };
  const afresh = late && course.late.action === "next-window" && step.window !== "always";
  const open = whenOpen(
    course,
    step,
    subscriber.zone,
    afresh ? startOfDayAfter(now, subscriber.zone, 1) : now,
  );
  return open > now ? { may: "move", to: open, plannedAt: afresh ? open : plannedAt } : { may: "send" };
}
