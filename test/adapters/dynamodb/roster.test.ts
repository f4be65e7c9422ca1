import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoReminderDates } from "../../../adapters/dynamodb/reminder-dates.ts";
import { dynamoRoster } from "../../../adapters/dynamodb/roster.ts";
import { dynamoSubscribers } from "../../../adapters/dynamodb/subscribers.ts";
import type { Table } from "../../../adapters/dynamodb/table.ts";
import type { RosterPerson } from "../../../core/audience/roster-ports.ts";
import { bounced, member, subscriber } from "../../helpers/subscribers.ts";
import { startTable } from "../../helpers/table.ts";

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
  const subscribers = dynamoSubscribers(table);
  for (let i = 0; i < 60; i++) await subscribers.create(subscriber({ id: `sub_m${i}` }));
  await subscribers.create(subscriber({ id: "sub_wants", ...member("wanted", 0) }));
  await subscribers.create(subscriber({ id: "sub_bounced", ...bounced }));
  await subscribers.create(subscriber({ id: "sub_rich", topics: ["coding"], tags: ["rhit", "event"] }));
  const dates = dynamoReminderDates(table);
  for (let n = 0; n < 20; n++) {
    const date = { label: "Exam", date: `2027-05-${10 + n}`, kind: "exam", daysBefore: 7, run: 1 } as const;
    await dates.add({ ...date, subscriberId: "sub_rich", id: `date${n}`, dueAt: "2027-05-01T00:00:00.000Z" });
    await dates.add({ ...date, subscriberId: `sub_m${n}`, id: "date" });
    await dates.add({ ...date, subscriberId: "sub_without-profile", id: `date${n}` });
  }
});
afterAll(() => stop());

async function read(limit: number): Promise<RosterPerson[]> {
  const roster = dynamoRoster(table);
  const all: RosterPerson[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await roster.page(cursor, limit);
    expect(page.people.length).toBeLessThanOrEqual(limit);
    all.push(...page.people);
    cursor = page.cursor;
    if (cursor === undefined) return all;
  }
}

describe("the roster", () => {
  it.each([1, 2, 7, 1000])(
    "tells everything of each person, whatever stands beside them, in pages of %i",
    async (limit) => {
      const everybody = await read(limit);
      expect(everybody).toHaveLength(63);
      expect(new Set(everybody.map(({ id }) => id)).size).toBe(63);
      const { lists, createdAt } = subscriber();
      const rich = everybody.find(({ id }) => id === "sub_rich");
      expect(rich).toMatchObject({
        lists,
        createdAt,
        zone: "America/New_York",
        topics: ["coding"],
        tags: ["rhit", "event"],
      });
      expect(rich?.dates.map(({ date }) => date).toSorted()).toEqual(
        Array.from({ length: 20 }, (_, n) => `2027-05-${10 + n}`),
      );
      expect(everybody.find(({ id }) => id === "sub_bounced")?.suppressed?.reason).toBe("bounce");
      expect(everybody.find(({ id }) => id === "sub_m3")?.dates).toEqual([
        { kind: "exam", date: "2027-05-13" },
      ]);
    },
  );

  it("tells no name and no address", async () => {
    expect(JSON.stringify(await read(1000))).not.toMatch(/Ada|@/);
  });
});
