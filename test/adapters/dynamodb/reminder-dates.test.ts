import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoReminderDates } from "../../../adapters/dynamodb/reminder-dates.ts";
import { getRow, type Table } from "../../../adapters/dynamodb/table.ts";
import type { DueDate } from "../../../core/reminder/reminder-date.ts";
import type { ReminderDates } from "../../../core/reminder/reminder-ports.ts";
import { startTable } from "../../helpers/table.ts";

let dates: ReminderDates;
let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTable();
  table = started.table;
  dates = dynamoReminderDates(table);
  stop = started.stop;
});
afterAll(() => stop());

const dueAt = "2027-04-24T13:00:00.000Z";
const exam = (subscriberId: string, id = "abc"): DueDate => ({
  subscriberId,
  id,
  label: "Exam",
  date: "2027-05-01",
  daysBefore: 7,
  run: 1,
  dueAt,
});

describe("dates to be reminded of", () => {
  it("are kept once, and anew from a later joining of the list", async () => {
    expect(await dates.add(exam("sub_1"))).toBe(true);
    expect(await dates.add({ ...exam("sub_1"), label: "Other" })).toBe(false);
    expect(await dates.load("sub_1", "abc")).toEqual(exam("sub_1"));
    expect(await dates.add({ ...exam("sub_1"), run: 2 })).toBe(true);
    expect(await dates.load("sub_1", "abc")).toMatchObject({ run: 2 });
  });

  it("are listed for their reader alone", async () => {
    await dates.add(exam("sub_2"));
    await dates.add(exam("sub_2", "def"));
    await dates.add(exam("sub_20"));
    expect((await dates.of("sub_2")).map(({ id }) => id)).toEqual(["abc", "def"]);
    expect(await dates.of("sub_nobody")).toEqual([]);
  });

  it("are due from their instant on, until their reminder is on its way", async () => {
    await dates.add(exam("sub_3"));
    expect(await find("sub_3", "2027-04-24T12:59:59.999Z")).toBeUndefined();
    expect(await find("sub_3", dueAt)).toEqual(exam("sub_3"));
    expect(await dates.advance(exam("sub_3"), undefined)).toBe(true);
    expect(await dates.advance(exam("sub_3"), undefined)).toBe(false);
    expect(await find("sub_3", dueAt)).toBeUndefined();
    expect(await dates.load("sub_3", "abc")).toMatchObject({ label: "Exam" });
  });

  it("set anew meanwhile stay due", async () => {
    await dates.add(exam("sub_4"));
    await dates.add({ ...exam("sub_4"), run: 2 });
    expect(await dates.advance(exam("sub_4"), undefined)).toBe(false);
    expect(await find("sub_4", dueAt)).toMatchObject({ run: 2 });
  });

  it("are gone once they are removed, twice too", async () => {
    await dates.add(exam("sub_5"));
    await dates.remove("sub_5", "abc");
    await dates.remove("sub_5", "abc");
    expect(await dates.load("sub_5", "abc")).toBeUndefined();
    expect(await dates.advance(exam("sub_5"), undefined)).toBe(false);
    expect(await dates.of("sub_5")).toEqual([]);
  });
});

describe("the row of a date", () => {
  const row = (id: string) => getRow(table, { pk: "SUB#sub_6", sk: `DATE#${id}` });

  it("goes 60 days after its date; that of a renewal, which can still be done, 400 days after", async () => {
    await dates.add({ ...exam("sub_6", "exam"), kind: "exam" });
    await dates.add({ ...exam("sub_6", "renewal"), kind: "renewal" });
    expect((await row("exam"))?.expiresAt).toBe(Date.parse("2027-06-30T00:00:00Z") / 1000);
    expect((await row("renewal"))?.expiresAt).toBe(Date.parse("2028-06-04T00:00:00Z") / 1000);
  });

  it("stands in no index once it is done, and in the due one again with its next cycle", async () => {
    const { dueAt: _, ...renewal } = { ...exam("sub_6", "cycle"), kind: "renewal" as const };
    await dates.add({ ...renewal, dueAt });
    const next = { ...renewal, date: "2029-05-01", daysBefore: 90 };
    await dates.complete(renewal, { ...next, dueAt: "2029-01-31T14:00:00.000Z" });
    expect(await row("cycle")).toMatchObject({
      due: expect.stringMatching(/^due#deadline#\d$/),
      expiresAt: Date.parse("2030-06-05T00:00:00Z") / 1000,
    });
    await dates.complete(next, { ...next, doneAt: dueAt });
    expect(await row("cycle")).not.toHaveProperty("due");
    expect(await row("cycle")).not.toHaveProperty("dueAt");
  });
});

async function find(subscriberId: string, now: string) {
  return (await dates.due(now, 1000)).find((date) => date.subscriberId === subscriberId);
}
