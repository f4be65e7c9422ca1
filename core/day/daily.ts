import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";
import type { DayPlan } from "./day-ports.ts";

/** How a mail of which a reader gets one a day shares the days with others. */
export interface Daily {
  /** What goes before it on a day for which both are planned. */
  after: readonly DayPlan["kind"][];
  /** Whether dispatch has taken the day already, as a rule. */
  reserved: boolean;
  /** Where it goes when the day is another mail's; lateness counts from `plannedAt` then. */
  nextDay(
    subscriber: Subscriber,
    when: { plannedAt: Instant; now: Instant },
  ): { to: Instant; plannedAt: Instant };
}
