import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { reminderOffsets } from "../../../core/reminder/reminder-date.ts";
import { dayBefore, plannedTime } from "../../../core/reminder/reminder-time.ts";
import { addHours, localDate } from "../../../core/time/instant.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { instants, zones } from "./any-time.ts";
import { remindedWorld, type Sent } from "./reminded-world.ts";

const which = fc.nat(9);
const set = fc.record({
  does: fc.constant("set" as const),
  kind: fc.constantFrom("exam", "renewal", "application"),
  ahead: fc.integer({ min: 1, max: 130 }),
});
const lives = fc.record({ does: fc.constant("lives" as const), hours: fc.integer({ min: 1, max: 40 * 24 }) });
const gone = fc.record({
  does: fc.constantFrom("done" as const, "done, twice" as const, "remove" as const),
  which,
  isQueued: fc.boolean(),
});
const moves = fc.record({ does: fc.constant("moves" as const), zone: zones });
const outage = fc.record({
  does: fc.constant("outage" as const),
  hours: fc.integer({ min: 1, max: 70 * 24 }),
  of: fc.constantFrom("dispatch" as const, "send" as const),
});
type Deed<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;
type AnyDeed = Deed<typeof set | typeof lives | typeof gone | typeof moves | typeof outage>;

function ahead(today: string, days: number): string {
  return Temporal.PlainDate.from(today).add({ days }).toString();
}

/** Lives through a history, then half a year in which nothing is done any more. */
async function livedThrough(zone: string, start: string, deeds: AnyDeed[]) {
  const world = remindedWorld(start, zone);
  const begun = new Map<string, string>();
  const over = new Map<string, string>();
  for (const deed of deeds) {
    const dates = world.dates();
    if (deed.does === "set")
      await world.set(deed.kind, ahead(localDate(world.now(), world.zone()), deed.ahead));
    else if (deed.does === "lives") await world.live(addHours(world.now(), deed.hours));
    else if (deed.does === "moves") await world.moveTo(deed.zone);
    else if (deed.does === "outage") await world.standStill(addHours(world.now(), deed.hours), deed.of);
    else {
      const date = dates[deed.which % Math.max(1, dates.length)];
      if (!date) continue;
      if (deed.isQueued) await world.dispatch();
      if (deed.does === "remove") await world.remove(date.id);
      else await world.done(date.id, date.date);
      if (deed.does === "done, twice") await world.done(date.id, date.date);
      over.set(`${date.id} ${date.date}`, over.get(`${date.id} ${date.date}`) ?? world.now());
    }
    for (const { id, date } of world.dates())
      if (!begun.has(`${id} ${date}`)) begun.set(`${id} ${date}`, world.now());
  }
  await world.live(addHours(world.now(), 24 * 180));
  return { sent: world.sent, begun, over, end: world.now(), zone };
}

const occasionOf = ({ id, date }: Pick<Sent, "id" | "date">) => `${id} ${date}`;

describe("over any history of dates, of zones and of outages,", () => {
  const history = fc.array(fc.oneof(set, lives, gone, moves, outage), { maxLength: 14 });

  it("no reminder goes after its date is done, removed or in its next cycle; none twice, too soon or too late", async () => {
    await fc.assert(
      fc.asyncProperty(zones, instants, history, async (zone, start, deeds) => {
        const { sent } = await livedThrough(zone, start, deeds);
        for (const one of sent) {
          expect(one).toMatchObject({ stood: true });
          const today = localDate(one.at, one.zone);
          const after = reminderOffsets.find((offset) => offset < one.days) ?? 0;
          expect(today >= dayBefore(one.date, one.days)).toBe(true);
          expect(after ? today < dayBefore(one.date, after) : today <= one.date).toBe(true);
        }
        const keys = sent.map((one) => `${occasionOf(one)} ${one.days}`);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 150 },
    );
  });

  it("there are never two reminders of one date on one day of a reader who stays where they are", async () => {
    const stays = fc.array(fc.oneof(set, lives, gone, outage), { maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(zones, instants, stays, async (zone, start, deeds) => {
        const { sent } = await livedThrough(zone, start, deeds);
        const days = sent.map((one) => `${occasionOf(one)} ${localDate(one.at, zone)}`);
        expect(new Set(days).size).toBe(days.length);
      }),
      { numRuns: 100 },
    );
  });

  it("without any outage each reminder that is wanted comes, at its very time", async () => {
    const calm = fc.array(fc.oneof(set, lives, gone), { maxLength: 14 });
    const { window } = catalogue.site.defaults;
    await fc.assert(
      fc.asyncProperty(zones, instants, calm, async (zone, start, deeds) => {
        const { sent, begun, over, end } = await livedThrough(zone, start, deeds);
        const came = sent.map((one) => `${occasionOf(one)} ${one.days} ${one.at}`);
        const wanted = [...begun].flatMap(([occasion, from]) => {
          const date = occasion.split(" ")[1] ?? "";
          return reminderOffsets.flatMap((days) => {
            const at = plannedTime(date, days, { zone, window });
            const until = over.get(occasion) ?? end;
            return at > from && at < until ? [`${occasion} ${days} ${at}`] : [];
          });
        });
        expect(came).toEqual(expect.arrayContaining(wanted));
        // What was set within the hours of a reminder's day, or on the eve, brings that one at once.
        const others = sent.filter((one) => !wanted.includes(`${occasionOf(one)} ${one.days} ${one.at}`));
        for (const one of others) expect(localDate(one.at, zone)).toBe(dayBefore(one.date, one.days));
      }),
      { numRuns: 100 },
    );
  });
});
