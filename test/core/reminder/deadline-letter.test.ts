import { describe, expect, it } from "vitest";
import type { CeEntry } from "../../../core/ce/ce-entry.ts";
import { standingWords } from "../../../core/ce/standing-words.ts";
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
  kind: "exam",
  date: "2027-05-01",
  daysBefore: 1,
  dueAt: "2027-04-30T13:00:00.000Z",
  run: 1,
};
const renewal: ReminderDate = { ...date, kind: "renewal", credential: "rhit", cycleFrom: "2025-05-01" };
const { kind: _, ...before } = { ...date, daysBefore: 7 };
const onList = (state: "joined" | "left" = "joined", run = 1): Pick<Subscriber, "lists"> => ({
  lists: { reminders: { state, run, since: planned } },
});

const subscribers = { loadMany: async () => new Map([["sub_1", subscriber(onList())]]) };

async function open(kept: ReminderDate | undefined, now = planned, entries: CeEntry[] = [], days = 7) {
  const deps = {
    catalogue,
    subscribers,
    dates: { load: async () => kept },
    ceLog: { of: async () => entries },
  };
  return deadlineLetter(deps, { ...mailing, days }, { now, recipients: ["sub_1"] });
}

async function look(now = planned, kept: ReminderDate | undefined = date, person = subscriber(onList())) {
  const letter = await open(kept, now);
  return { letter, person, eligibility: letter.eligibility(person, { plannedAt: planned, now }) };
}

describe("the last look at a reminder", () => {
  it("keeps the hour that the reader chose, on the date's own day", async () => {
    const evening = subscriber({ ...onList(), rhythm: { hour: 18, day: "wed" } });
    const six = "2027-04-24T22:00:00.000Z"; // Saturday 18:00 in New York
    expect((await look(planned, date, evening)).eligibility).toEqual({
      may: "move",
      to: six,
      plannedAt: six,
    });
    expect((await look(six, date, evening)).eligibility).toEqual({ may: "send" });
  });

  it("lets it go in the hours of the window, on a Saturday too", async () => {
    expect((await look()).eligibility).toEqual({ may: "send" });
    expect((await look("2027-04-24T15:59:59.000Z")).eligibility).toEqual({ may: "send" });
  });

  it("moves it to the next hours, before the next reminder", async () => {
    const to = "2027-04-25T13:00:00.000Z";
    expect((await look("2027-04-24T16:00:00.000Z")).eligibility).toEqual({ may: "move", to, plannedAt: to });
  });

  it("follows a zone that was changed meanwhile: not a day too soon", async () => {
    const moved = subscriber({ ...onList(), zone: "Pacific/Honolulu" });
    const to = "2027-04-24T19:00:00.000Z";
    expect((await look(planned, date, moved)).eligibility).toEqual({ may: "move", to, plannedAt: to });
  });

  it("drops it once the next reminder's day has come", async () => {
    expect((await look("2027-04-30T13:00:00.000Z")).eligibility).toEqual({ may: "skip", reason: "late" });
    expect((await look("2027-04-30T13:00:00.000Z", before)).eligibility).toEqual({ may: "send" });
  });

  it.each<[string, ReminderDate]>([
    ["is done", { ...date, doneAt: planned }],
    ["has moved on to its next cycle", { ...renewal, date: "2029-05-01", cycleFrom: "2027-05-01" }],
  ])("stops it when the date %s", async (_, kept) => {
    expect((await look(planned, kept)).eligibility).toEqual({ may: "skip", reason: "done" });
  });

  it.each<[string, ReminderDate | undefined]>([
    ["was removed", undefined],
    ["is another day", { ...date, date: "2027-04-30" }],
    ["is of before, and is reminded of at another time", { ...before, daysBefore: 14 }],
    ["is somebody else's", { ...date, subscriberId: "sub_2" }],
  ])("stops it when the date %s", async (_, kept) => {
    const letter = await open(kept);
    const when = { plannedAt: planned, now: planned };
    expect(letter.eligibility(subscriber(onList()), when)).toEqual({ may: "skip", reason: "withdrawn" });
  });

  it("sees what became of the date after the letter was opened", async () => {
    let kept: ReminderDate = date;
    const deps = { catalogue, subscribers, dates: { load: async () => kept }, ceLog: { of: async () => [] } };
    const letter = await deadlineLetter(deps, mailing, { now: planned, recipients: ["sub_1"] });
    kept = { ...date, doneAt: planned };
    await letter.lookAgain?.();
    const when = { plannedAt: planned, now: planned };
    expect(letter.eligibility(subscriber(onList()), when)).toEqual({ may: "skip", reason: "done" });
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

  const logged = (hours: number, category: CeEntry["category"], day = "2027-01-10"): CeEntry => ({
    subscriberId: "sub_1",
    id: `${day}-${hours}`,
    hours,
    activity: "Webinar",
    category,
    day,
    loggedAt: planned,
  });

  it.each<[string, CeEntry[]]>([
    [
      "You have logged 12 of 20 hours for RHIT. 8 are missing, 3 of them from AHIMA.",
      [logged(5, "own"), logged(7, "other")],
    ],
    [
      "You have logged 12 of 20 hours for RHIT. 8 are missing, all of them from AHIMA. 3 more hours from others do not count: 8 of the 20 must come from AHIMA.",
      [logged(15, "other")],
    ],
    ["You have logged 19 of 20 hours for RHIT. 1 is missing.", [logged(8, "own"), logged(11, "other")]],
    ["You have logged 20 of 20 hours for RHIT. That is all you need.", [logged(20, "own")]],
    [
      "You have logged 44 hours for RHIT. You need 20, so that is all.",
      [logged(32, "own"), logged(12, "other")],
    ],
    [
      "You have logged 0 of 20 hours for RHIT. 20 are missing, 8 of them from AHIMA.",
      [logged(9, "own", "2025-05-01"), logged(9, "own", "2027-05-02")],
    ],
  ])("of a renewal say %j", async (standing, entries) => {
    expect((await open(renewal, planned, entries)).values).toMatchObject({
      standing: `${standing} On your page you log hours, and say that it is renewed.`,
    });
  });

  it("name all who count as the body, as the page does", () => {
    const own = { percent: 40, from: "AHIMA or HCPro", cyclesFrom: "2025-01-01" };
    const standing = {
      logged: 0,
      counted: 0,
      required: 8,
      missing: 8,
      own: { counted: 0, required: 8, missing: 8 },
    };
    expect(standingWords({ name: "RHIT", body: "AHIMA", own }, standing)).toContain(
      "8 are missing, all of them from AHIMA or HCPro.",
    );
  });

  it("send who renews something whose hours nobody could verify to its body", async () => {
    const { cycleFrom: _, ...cpc } = { ...renewal, credential: "cpc" };
    expect((await open(cpc, planned, [logged(1, "own")])).values.standing).toBe(
      "You have logged 1 hour for CPC. How many you need we could not verify: ask AAPC. On your page you log hours, and say that it is renewed.",
    );
  });

  it.each<[string, ReminderDate]>([
    ["an exam", { ...date, credential: "rhit" }],
    ["a renewal of something else", { ...date, kind: "renewal" }],
    ["a date of before", before],
  ])("of %s tell how no more come", async (_, kept) => {
    expect((await open(kept)).values.standing).toMatch(/say so on your page, and no more reminders/);
    expect((await open(kept)).values.standing).not.toContain("hours");
  });

  it("say of the calendar file what it brings: reminders only while some are to come", async () => {
    const { dueAt: _, ...last } = date;
    expect((await open(date)).values.calendar).toContain("puts the day and its reminders into");
    for (const kept of [date, last])
      expect((await open(kept, planned, [], 1)).values.calendar).toContain("puts the day into your calendar");
  });

  it("bring the date as a calendar file, with the reminders that are still to come", async () => {
    // The letter may be opened before, and after, the date has moved on to its next reminder.
    for (const kept of [date, { ...date, daysBefore: 7, dueAt: planned }]) {
      const [file] = (await open(kept)).attachments ?? [];
      expect(file?.content).toContain("DTSTART;VALUE=DATE:20270501");
      expect([...(file?.content ?? "").matchAll(/TRIGGER:(\S+)/g)].map(([, at]) => at)).toEqual(["-PT15H"]);
    }
  });
});
