import type { Roster } from "../audience/roster-ports.ts";
import { type SubscriberStatus, statusOf } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import { addDays } from "../time/instant.ts";

export interface AudienceNumbersDeps {
  roster: Roster;
  clock: Clock;
}

/** A day of a list, in UTC. */
export interface ListDay {
  day: string;
  joined: number;
  left: number;
}

/** Everybody in numbers, of those whom this call has looked at. */
export interface AudienceNumbers {
  people: number;
  byStatus: Record<SubscriberStatus, number>;
  /** Of each list: who is on it, and who came and went in the last days, the earliest first. */
  lists: Record<string, { members: number; days: ListDay[] }>;
  next?: string;
}

const peoplePerPage = 2000;
const patienceMs = 8_000;
const daysShown = 30;

/** Counts the roster: sizes and growth of lists. Whoever came back since has left on no day. */
export async function audienceNumbers(
  deps: AudienceNumbersDeps,
  { cursor: from }: { cursor?: string | undefined } = {},
): Promise<AudienceNumbers> {
  const until = deps.clock.elapsed() + patienceMs;
  const today = deps.clock.now();
  const days = Array.from({ length: daysShown }, (_, n) => addDays(today, n + 1 - daysShown).slice(0, 10));
  const numbers: AudienceNumbers = {
    people: 0,
    byStatus: { pending: 0, active: 0, left: 0, suppressed: 0 },
    lists: {},
  };
  const listOf = (name: string) => {
    const known = numbers.lists[name] ?? {
      members: 0,
      days: days.map((day) => ({ day, joined: 0, left: 0 })),
    };
    numbers.lists[name] = known;
    return known;
  };
  let cursor = from;
  do {
    const page = await deps.roster.page(cursor, peoplePerPage);
    for (const person of page.people) {
      numbers.people++;
      numbers.byStatus[statusOf(person)]++;
      for (const [name, { state, since }] of Object.entries(person.lists)) {
        if (state === "wanted") continue;
        const list = listOf(name);
        if (state === "joined" && !person.suppressed) list.members++;
        const day = list.days[days.indexOf(since.slice(0, 10))];
        if (day) day[state]++;
      }
    }
    cursor = page.cursor;
  } while (cursor !== undefined && deps.clock.elapsed() < until);
  return { ...numbers, ...(cursor !== undefined && { next: cursor }) };
}
