import type { Campaigns } from "../../core/campaign/campaign-ports.ts";
import { editionBefore, firstEdition } from "../../core/digest/edition.ts";
import type { ReminderDate } from "../../core/reminder/reminder-date.ts";
import { changeSubscriber } from "../../core/subscriber/change.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import { suppress } from "../../core/subscriber/suppress.ts";
import { leave } from "../../core/subscriber/unsubscribe.ts";
import { addMinutes, type Instant } from "../../core/time/instant.ts";
import { startedCampaign } from "../helpers/campaign-rows.ts";
import { subscriber } from "../helpers/subscribers.ts";
import { done } from "./depart.ts";
import type { Disturbances } from "./disturbances.ts";
import type { Random } from "./random.ts";
import type { Simulation } from "./simulation.ts";
import { emptyTables, type Tables } from "./tables.ts";
import type { World } from "./world.ts";

/** When every schedule begins: a Monday, ten minutes before the windows of New York open. */
export const startAt: Instant = "2027-03-01T13:50:00.000Z";

const since = "2027-02-20T12:00:00.000Z";
const zones = ["America/New_York", "America/New_York", "America/Chicago"] as const;

/** Some readers, and what is due to them: a course, and one or two other kinds of mail. */
export function peopleAndPlans(random: Random): Tables {
  const tables = emptyTables();
  tables.sending.state = { table: "stepletter" };
  const readers = 3 + random.below(random.chance(0.2) ? 40 : 10);
  const joined = { state: "joined", run: 1, since } as const;
  const walks = random.chance(0.6);
  for (let n = 0; n < readers; n++) {
    const reader = subscriber({
      id: `sub_${String(n).padStart(2, "0")}`,
      address: `reader-${n}@example.com`,
      addressHash: `hash-${n}`,
      zone: random.pick(zones),
      lists: { records: joined, digest: joined, reminders: joined },
    });
    tables.subscribers.set(reader.id, reader);
    if (walks) enrolled(tables, reader, random.below(4) === 0 ? "welcome" : "school");
  }
  if (!walks || random.chance(0.4)) campaign(tables);
  if (random.chance(0.3)) digests(tables, random);
  if (random.chance(0.3)) dates(tables, random);
  if (random.chance(0.4)) newcomers(tables, 1 + random.below(4));
  return tables;
}

function enrolled(tables: Tables, { id }: Subscriber, step: string): void {
  const row = { subscriberId: id, course: "records", run: 1, state: "walking", startedAt: since } as const;
  tables.enrolments.set(`${id} records`, { ...row, step, dueAt: addMinutes(startAt, 10) });
}

function campaign(tables: Tables): void {
  tables.campaigns.set("news", startedCampaign({ createdAt: startAt }));
}

function digests(tables: Tables, random: Random): void {
  const edition = firstEdition(since, "America/New_York");
  const item = {
    title: "T",
    url: "https://example.com/t",
    summary: "S",
    topic: "coding",
    source: "Feed",
  } as const;
  tables.news.set(edition, [{ ...item, firstSeenAt: since }]);
  for (const subscriberId of tables.subscribers.keys())
    tables.digests.set(subscriberId, {
      subscriberId,
      run: 1,
      // Some hold more than a week.
      ...(random.chance(0.3) && { since: editionBefore(edition, 2) }),
      edition,
      dueAt: addMinutes(startAt, 10),
    });
}

function dates(tables: Tables, random: Random): void {
  for (const subscriberId of tables.subscribers.keys()) {
    if (!random.chance(0.3)) continue;
    const id = `date${subscriberId.slice("sub_".length)}`;
    const wanted = { label: "Exam", date: "2027-03-08", daysBefore: 7 };
    const kind = random.pick<Partial<ReminderDate>>([
      {},
      { kind: "exam" },
      { kind: "renewal", credential: "rhit" },
    ]);
    const dueAt = addMinutes(startAt, 10);
    const date: ReminderDate = { subscriberId, id, ...wanted, ...kind, run: 1, dueAt };
    tables.dates.set(`${subscriberId} ${id}`, date);
  }
}

/** People whose confirmation is still to be sent. */
function newcomers(tables: Tables, count: number): void {
  for (let n = 0; n < count; n++) {
    const id = `sub_new${n}`;
    const lists = { records: { state: "wanted", run: 0, since: startAt } } as const;
    const asked = { confirmationsAt: [startAt], todo: { confirm: startAt } };
    tables.subscribers.set(id, subscriber({ id, addressHash: id, lists, ...asked }));
  }
}

export interface DeedsDeps {
  tables: Tables;
  world: World;
  random: Random;
  disturbances: Disturbances;
  simulation: Simulation;
}

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

/** What people and operators do meanwhile, and when. */
export function planDeeds({ tables, world, random, disturbances, simulation }: DeedsDeps): void {
  const readers = [...tables.subscribers.keys()];
  const someone = () => readers[random.below(readers.length)] ?? "";
  const lists = ["records", "digest", "reminders"] as const;
  for (const date of tables.dates.values()) {
    if (!random.chance(0.4)) continue;
    const at = random.chance(0.7) ? random.below(20 * minuteMs) : random.below(8 * dayMs);
    if (!disturbances.strikes(`${date.subscriberId} is done with a date at ${at} ms`, 1)) continue;
    simulation.after(at, () => world.run("is done", (deps) => done(deps, date.subscriberId, date)));
  }
  const deeds = random.below(8);
  for (let n = 0; n < deeds; n++) {
    // Most while the first mails go, some in the days after.
    const at = random.chance(0.7) ? random.below(20 * minuteMs) : random.below(17 * dayMs);
    const [who, list, kind] = [someone(), random.pick(lists), random.below(11)];
    const lasting = 1 + random.below(180);
    if (kind < 6) {
      if (!disturbances.strikes(`${who} leaves ${list} at ${at} ms`, 1)) continue;
      simulation.after(at, () =>
        world.run("leaves", (deps) =>
          changeSubscriber(deps.subscribers, who, (known) => leave(known, list, world.now())),
        ),
      );
    } else if (kind < 8) {
      if (!disturbances.strikes(`${who} complains at ${at} ms`, 1)) continue;
      simulation.after(at, () => world.run("complains", (deps) => suppress(deps, who, "complaint")));
    } else if (kind === 8) {
      if (!disturbances.strikes(`the campaign is paused at ${at} ms for ${lasting} minutes`, 1)) continue;
      simulation.after(at, () => world.run("pauses", (deps) => pause(deps.campaigns, world.now())));
      simulation.after(at + lasting * minuteMs, () => {
        const row = tables.campaigns.get("news");
        if (!row) return;
        const { pausedAt: _, ...going } = row;
        tables.campaigns.set("news", going);
      });
    } else if (kind === 10) {
      if (!disturbances.strikes(`the campaign is cancelled at ${at} ms`, 1)) continue;
      simulation.after(at, () => world.run("cancels", (deps) => deps.campaigns.cancel("news", world.now())));
    } else if (disturbances.strikes(`dispatch stands still at ${at} ms`, 1)) {
      simulation.after(at, () => world.stopDispatch(random.pick([10 * minuteMs, 3 * dayMs, 20 * dayMs])));
    }
  }
}

function pause(campaigns: Pick<Campaigns, "pause">, now: Instant) {
  return campaigns.pause("news", now);
}
