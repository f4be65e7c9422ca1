import { describe, expect, it } from "vitest";
import { deadlineLetter } from "../../../core/reminder/deadline-letter.ts";
import type { ReminderDate } from "../../../core/reminder/reminder-date.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { subscriber } from "../../helpers/subscribers.ts";

const planned = "2027-04-24T13:00:00.000Z"; // Saturday 09:00 in New York
const mailing = { kind: "deadline", deadline: "abc", date: "2027-05-01", days: 7 } as const;
const date: ReminderDate = {
  subscriberId: "sub_1",
  id: "abc",
  label: "Exam",
  date: "2027-05-01",
  daysBefore: 7,
  run: 1,
};
const onList = (state: "joined" | "left" = "joined", run = 1): Pick<Subscriber, "lists"> => ({
  lists: { reminders: { state, run, since: planned } },
});

async function look(now = planned, kept: ReminderDate | undefined = date, person = subscriber(onList())) {
  const dates = { load: async () => kept };
  const letter = await deadlineLetter({ dates, catalogue }, mailing, { now, recipients: ["sub_1"] });
  return { letter, person, eligibility: letter.eligibility(person, { plannedAt: planned, now }) };
}

describe("the last look at a reminder", () => {
  it("lets it go in the hours of the window, on a Saturday too", async () => {
    expect((await look()).eligibility).toEqual({ may: "send" });
    expect((await look("2027-04-24T15:59:59.000Z")).eligibility).toEqual({ may: "send" });
  });

  it("moves it to the next hours, before the date", async () => {
    const to = "2027-04-25T13:00:00.000Z";
    expect((await look("2027-04-24T16:00:00.000Z")).eligibility).toEqual({ may: "move", to, plannedAt: to });
  });

  it("follows a zone that was changed meanwhile: not a day too soon", async () => {
    const moved = subscriber({ ...onList(), zone: "Pacific/Honolulu" });
    const to = "2027-04-24T19:00:00.000Z";
    expect((await look(planned, date, moved)).eligibility).toEqual({ may: "move", to, plannedAt: to });
  });

  it.each<[string, ReminderDate | undefined]>([
    ["was removed", undefined],
    ["is another day", { ...date, date: "2027-05-02" }],
    ["is wanted sooner", { ...date, daysBefore: 14 }],
    ["is somebody else's", { ...date, subscriberId: "sub_2" }],
  ])("stops it when the date %s", async (_, kept) => {
    const dates = { load: async () => kept };
    const context = { now: planned, recipients: ["sub_1"] };
    const letter = await deadlineLetter({ dates, catalogue }, mailing, context);
    const when = { plannedAt: planned, now: planned };
    expect(letter.eligibility(subscriber(onList()), when)).toEqual({ may: "skip", reason: "withdrawn" });
  });

  it.each([
    ["left the list", subscriber(onList("left"))],
    ["left it, and came back for other dates", subscriber(onList("joined", 2))],
    ["never was on it", subscriber()],
  ])("stops it when the reader %s", async (_, person) => {
    expect((await look(planned, date, person)).eligibility).toEqual({ may: "skip", reason: "unsubscribed" });
  });

  it("drops it when the day has passed where the reader is", async () => {
    expect((await look("2027-05-02T04:00:00.000Z")).eligibility).toEqual({ may: "skip", reason: "late" });
  });
});

describe("the words of a reminder", () => {
  it.each([
    [planned, "in 7 days"],
    ["2027-04-29T13:00:00.000Z", "in 2 days"],
    ["2027-04-30T13:00:00.000Z", "tomorrow"],
    ["2027-05-01T03:59:00.000Z", "tomorrow"],
    ["2027-05-01T13:00:00.000Z", "today"],
  ])("at %s say %j", async (now, summary) => {
    const { letter, person } = await look(now);
    expect(letter.values).toMatchObject({ title: "Exam", date: "Saturday, May 1, 2027" });
    expect(letter.personal?.(person)).toEqual({ summary });
    expect(letter.list).toBe("reminders");
  });
});
