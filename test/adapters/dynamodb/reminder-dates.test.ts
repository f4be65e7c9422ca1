import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoReminderDates } from "../../../adapters/dynamodb/reminder-dates.ts";
import type { DueDate } from "../../../core/reminder/reminder-date.ts";
import type { ReminderDates } from "../../../core/reminder/reminder-ports.ts";
import { startTable } from "../../helpers/table.ts";

let dates: ReminderDates;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTable();
  dates = dynamoReminderDates(started.table);
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
    expect(await dates.leaveDue(exam("sub_3"))).toBe(true);
    expect(await dates.leaveDue(exam("sub_3"))).toBe(false);
    expect(await find("sub_3", dueAt)).toBeUndefined();
    expect(await dates.load("sub_3", "abc")).toMatchObject({ label: "Exam" });
  });

  it("set anew meanwhile stay due", async () => {
    await dates.add(exam("sub_4"));
    await dates.add({ ...exam("sub_4"), run: 2 });
    expect(await dates.leaveDue(exam("sub_4"))).toBe(false);
    expect(await find("sub_4", dueAt)).toBeDefined();
  });

  it("are gone once they are removed, twice too", async () => {
    await dates.add(exam("sub_5"));
    await dates.remove("sub_5", "abc");
    await dates.remove("sub_5", "abc");
    expect(await dates.load("sub_5", "abc")).toBeUndefined();
    expect(await dates.leaveDue(exam("sub_5"))).toBe(false);
    expect(await dates.of("sub_5")).toEqual([]);
  });
});

async function find(subscriberId: string, now: string) {
  return (await dates.due(now, 1000)).find((date) => date.subscriberId === subscriberId);
}
