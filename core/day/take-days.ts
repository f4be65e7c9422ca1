import { type Catalogue, courseNamed } from "../catalogue.ts";
import { countsForDay } from "../course/plan.ts";
import type { Letter } from "../delivery/letter.ts";
import { digestList } from "../digest/digest-subscription.ts";
import { pausedUntil } from "../rhythm/rhythm.ts";
import { listsIn, type Subscriber } from "../subscriber/subscriber.ts";
import { addDays, type Instant, localDate } from "../time/instant.ts";
import type { DailySlots, DayPlan, DayPlans, ReaderAt, ReaderDay } from "./day-ports.ts";

export interface TakeDaysDeps {
  slots: DailySlots;
  dayPlans: DayPlans;
  catalogue: Pick<Catalogue, "courses">;
}

/** A mail gives way to what is only planned for so long after its own time: a plan may be put off for ever. */
const givesWayDays = 1;

/**
 * Takes the day of each reader for a mail, just before it is handed over; answers the ids of those who get another mail that
 * day, or got one. A day is taken for a mailing, so whoever comes back to it after a crash has it still.
 */
export async function takeDays(
  deps: TakeDaysDeps,
  letter: Pick<Letter, "daily">,
  { mailing, plannedAt }: { mailing: string; plannedAt: Instant },
  readers: Subscriber[],
  now: Instant,
): Promise<Set<string>> {
  const { daily } = letter;
  if (!daily || readers.length === 0) return new Set();
  const givesWay =
    now < addDays(plannedAt, givesWayDays)
      ? await planned(
          deps,
          daily.after,
          readers.map((reader) => ({ reader, at: now })),
        )
      : new Set<string>();
  const others = readers.filter(({ id }) => !givesWay.has(id));
  const days = others.map(({ id, zone }) => ({ subscriberId: id, date: localDate(now, zone) }));
  const taken = await (daily.reserved ? keep : take)(deps.slots, mailing, days);
  return new Set([...givesWay, ...others.filter((_, at) => !taken[at]).map(({ id }) => id)]);
}

/** Takes the days that readers are moved to, unless something that goes first is planned for them: then they are looked at again. */
export async function takeDaysAhead(
  deps: TakeDaysDeps,
  { daily }: Pick<Letter, "daily">,
  mailing: string,
  moved: ReaderAt[],
): Promise<void> {
  if (!daily || moved.length === 0) return;
  const givesWay = await planned(deps, daily.after, moved);
  const others = moved.filter(({ reader }) => !givesWay.has(reader.id));
  const days = others.map(({ reader, at }) => ({
    subscriberId: reader.id,
    date: localDate(at, reader.zone),
  }));
  await take(deps.slots, mailing, days);
}

function take(slots: DailySlots, mailing: string, days: ReaderDay[]): Promise<boolean[]> {
  return days.length === 0 ? Promise.resolve([]) : slots.takeMany(mailing, days);
}

/** A read is cheaper than a write that is refused, where dispatch has taken the days. */
async function keep(slots: DailySlots, mailing: string, days: ReaderDay[]): Promise<boolean[]> {
  if (days.length === 0) return [];
  const holders = await slots.holders(days);
  const free = days.filter((_, at) => holders[at] === undefined);
  const won = await take(slots, mailing, free);
  const wonDays = new Set(free.filter((_, at) => won[at]));
  return days.map((day, at) => holders[at] === mailing || wonDays.has(day));
}

/** Those for whom something that goes first is planned until the end of the day that an instant is on where they are. */
async function planned(
  { dayPlans, catalogue }: TakeDaysDeps,
  kinds: readonly DayPlan["kind"][],
  readers: ReaderAt[],
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
    return one && kinds.includes(plan.kind) && comesByThen(catalogue, plan, one);
  });
  return new Set(plans.map(({ subscriberId }) => subscriberId));
}

function comesByThen(
  catalogue: Pick<Catalogue, "courses">,
  { kind, list, run, step, dueAt }: DayPlan,
  { reader, at }: ReaderAt,
): boolean {
  const membership = reader.lists[list];
  if (membership?.state !== "joined" || membership.run !== run) return false;
  if (kind === "nudge" && reader.rhythm?.nudges === false) return false;
  if (kind === "course") {
    const goes = courseNamed(catalogue, list)?.steps.find(({ id }) => id === step);
    if (goes && !countsForDay(goes)) return false;
  }
  return localDate(dueAt, reader.zone) <= localDate(at, reader.zone);
}
