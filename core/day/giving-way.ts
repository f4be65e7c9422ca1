import { type Catalogue, courseNamed } from "../catalogue.ts";
import { countsForDay } from "../course/plan.ts";
import { digestList } from "../digest/digest-subscription.ts";
import { pausedUntil } from "../rhythm/rhythm.ts";
import { listsIn } from "../subscriber/subscriber.ts";
import { type Instant, localDate } from "../time/instant.ts";
import type { DayPlan, DayPlans, ReaderAt } from "./day-ports.ts";

export interface GivingWayDeps {
  dayPlans: DayPlans;
  catalogue: Pick<Catalogue, "courses">;
}

/**
 * Those for whom something that goes first is planned for the day that an instant is on where they are. What is overdue
 * comes today.
 */
export async function givingWay(
  { dayPlans, catalogue }: GivingWayDeps,
  kinds: readonly DayPlan["kind"][],
  readers: ReaderAt[],
  now: Instant,
): Promise<Set<string>> {
  const wanted = readers.flatMap(({ reader, at }) => {
    if (kinds.length === 0 || pausedUntil(reader, at)) return [];
    const courses = listsIn(reader, "joined").filter((list) => courseNamed(catalogue, list));
    const digest = kinds.includes("digest") && reader.lists[digestList]?.state === "joined";
    return courses.length > 0 || digest ? [{ subscriberId: reader.id, courses, digest }] : [];
  });
  if (wanted.length === 0) return new Set();
  const byId = new Map(readers.map((one) => [one.reader.id, one]));
  const plans = (await dayPlans.of(wanted)).filter((plan) => {
    const one = byId.get(plan.subscriberId);
    return one && kinds.includes(plan.kind) && comesThen(catalogue, plan, one, now);
  });
  return new Set(plans.map(({ subscriberId }) => subscriberId));
}

function comesThen(
  catalogue: Pick<Catalogue, "courses">,
  { kind, list, run, step, dueAt }: DayPlan,
  { reader, at }: ReaderAt,
  now: Instant,
): boolean {
  const membership = reader.lists[list];
  if (membership?.state !== "joined" || membership.run !== run) return false;
  if (kind === "nudge" && reader.rhythm?.nudges === false) return false;
  if (kind === "course") {
    const goes = courseNamed(catalogue, list)?.steps.find(({ id }) => id === step);
    if (goes && !countsForDay(goes)) return false;
  }
  return localDate(dueAt > now ? dueAt : now, reader.zone) === localDate(at, reader.zone);
}
