import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deliveryKey } from "../../../core/delivery/delivery.ts";
import { handler as http } from "../../../functions/http/handler.ts";
import { handler } from "../../../functions/schedule/dispatch.ts";
import type { Fault } from "../../../local/ses/fault.ts";
import { readCalendar } from "../../core/reminder/read-calendar.ts";
import { context, formPost, scheduleEvent } from "../../helpers/events.ts";
import { progressOf, progressToken } from "../../helpers/progress.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, linkToken, newestMail, received, sendAll, tick } from "../../helpers/walk.ts";

let service: TestService;
let faults: Fault[] = [];
beforeEach(async () => {
  service = await startService({ faults: () => faults.shift() });
});
afterEach(() => service.stop());

const email = "ada@example.com";
/** When the reminders of a date on 1 May come that was set on the evening of 20 March: 30, 7 and 1 days before. */
const due = ["2027-04-01T13:00:00.000Z", "2027-04-24T13:00:00.000Z", "2027-04-30T13:00:00.000Z"] as const;
const reminders = () => received(service, email).filter((mailing) => mailing.startsWith("deadline_"));

/** Someone who left the course, so that only reminders come, and set a date. */
async function reader(label = "RHIT exam", wanted: { kind?: string; credential?: string } = {}) {
  const id = await join(service, email);
  const page = progressOf(service, await progressToken(service, id));
  service.clock.set("2027-03-20T22:00:00.000Z");
  await page.setDate(label, "2027-05-01", wanted);
  const course = await service.deps.subscribers.load(id);
  if (course) {
    const { records: _, ...lists } = course.lists;
    await service.deps.subscribers.replace({ ...course, lists });
  }
  const kept = async () => (await service.deps.dates.of(id))[0] ?? expect.fail("There is no date");
  const dateId = (await kept()).id;
  const mailing = (days: number, date = "2027-05-01") => `deadline_${dateId}_${date}_${days}`;
  const state = async (days: number) => {
    const key = { subscriberId: id, mailing: mailing(days) };
    return (await service.deps.deliveries.loadMany([key])).get(deliveryKey(key));
  };
  return { id, dateId, mailing, kept, state, ...page };
}

async function at(instant: string): Promise<void> {
  service.clock.set(instant);
  await tick(service);
}

async function dispatchAt(instant: string): Promise<void> {
  service.clock.set(instant);
  await handler.with(service.depsOf("dispatch"))(scheduleEvent);
}

describe("the reminders of a date", () => {
  it("come each once, on their days as the window opens, and can be left by one click", async () => {
    const { mailing, kept } = await reader();
    await at("2027-04-01T12:59:00.000Z");
    expect(reminders()).toEqual([]);
    await at(due[0]);
    expect(reminders()).toEqual([mailing(30)]);
    const mail = await newestMail(service, email);
    expect(mail.subject).toBe("RHIT exam: in 30 days");
    expect(mail.html).toContain("Saturday, May 1, 2027");
    expect(mail.headers.get("list")).toMatchObject({
      id: { name: "reminders.stepletter.example" },
      unsubscribe: { url: expect.stringContaining("https://steps.example/unsubscribe/") },
    });
    const later = [
      "2027-04-01T13:01:00.000Z",
      due[1],
      "2027-04-25T13:00:00.000Z",
      due[2],
      "2027-05-01T13:00:00.000Z",
    ];
    for (const instant of later) await at(instant);
    expect(reminders()).toEqual([mailing(30), mailing(7), mailing(1)]);
    expect(await kept()).not.toHaveProperty("dueAt");
  });

  it("bring the date as a calendar file, with the alarms that are still to come", async () => {
    await reader("Prüfung; 試験");
    await at(due[0]);
    const [file, ...others] = (await newestMail(service, email)).attachments;
    expect(others).toEqual([]);
    expect([file?.filename, file?.contentType]).toEqual(["dates.ics", "text/calendar"]);
    const [event] = readCalendar(String(file?.content));
    expect(event?.properties.get("SUMMARY")).toBe("Prüfung; 試験");
    expect(event?.alarms.map((alarm) => alarm.get("TRIGGER"))).toEqual(["-P6DT15H", "-PT15H"]);
    await at(due[2]);
    const [last] = (await newestMail(service, email)).attachments;
    expect(readCalendar(String(last?.content))[0]?.alarms).toEqual([]);
  });

  it("of a renewal tell which hours are missing, as they are when the mail goes", async () => {
    const { logHours } = await reader("", { kind: "renewal", credential: "rhit" });
    await logHours("5", { form: "1" });
    await logHours("7", { form: "2", category: "other" });
    await at(due[0]);
    const words = async () => String((await newestMail(service, email)).text).replace(/\s+/g, " ");
    expect(await words()).toContain(
      "You have logged 12 of 20 hours for RHIT. 8 are missing, 3 of them from AHIMA.",
    );
    await logHours("8", { form: "3" });
    await at(due[1]);
    expect(await words()).toContain("You have logged 20 of 20 hours for RHIT. That is all you need.");
  });

  it("lead to the page where it can be removed", async () => {
    await reader();
    await at(due[0]);
    const token = await linkToken(service, email, "progress");
    expect((await progressOf(service, token).openDates()).body).toContain("RHIT exam");
  });

  it("do not go once the date is done, even when one is queued", async () => {
    const { dateId, finishDate, state } = await reader();
    await dispatchAt(due[0]);
    await finishDate(dateId, "2027-05-01");
    await sendAll(service);
    expect(await state(30)).toMatchObject({ state: "skipped", reason: "done" });
    for (const instant of due) await at(instant);
    expect(reminders()).toEqual([]);
  });

  it("begin again 90 days before the end of the next cycle, and only then", async () => {
    const { dateId, finishDate, mailing, state } = await reader("", { kind: "renewal", credential: "rhit" });
    await at(due[0]);
    await dispatchAt(due[1]);
    await finishDate(dateId, "2027-05-01");
    await sendAll(service);
    expect(await state(7)).toMatchObject({ state: "skipped", reason: "done" });
    for (const instant of [due[2], "2028-05-01T13:00:00.000Z", "2029-01-31T13:59:00.000Z"]) await at(instant);
    expect(reminders()).toEqual([mailing(30)]);
    await at("2029-01-31T14:00:00.000Z");
    expect(reminders()).toEqual([mailing(30), mailing(90, "2029-05-01")]);
    expect((await newestMail(service, email)).subject).toBe("RHIT renewal: in 90 days");
  });

  it("of a date that was removed after it was queued do not go", async () => {
    const { dateId, state, removeDate } = await reader();
    await dispatchAt(due[0]);
    await removeDate(dateId);
    await sendAll(service);
    expect(reminders()).toEqual([]);
    expect(await state(30)).toMatchObject({ state: "skipped", reason: "withdrawn" });
  });

  it("of a date that was set again after that go", async () => {
    const { dateId, removeDate, setDate } = await reader();
    await dispatchAt(due[0]);
    await removeDate(dateId);
    await sendAll(service);
    await setDate("RHIT exam", "2027-05-01");
    await at("2027-04-01T13:05:00.000Z");
    expect(reminders()).toHaveLength(1);
  });

  it("do not go to someone who left the list meanwhile, and leave the due index", async () => {
    const { kept } = await reader();
    await at(due[0]);
    const token = await linkToken(service, email, "unsubscribe");
    await http.with(service.depsOf("http"))(formPost("/unsubscribe", { token }), context);
    await at(due[1]);
    expect(reminders()).toHaveLength(1);
    expect(await kept()).not.toHaveProperty("dueAt");
  });

  it("held up by an outage come with the next hours, in the words of that day", async () => {
    await reader();
    await at("2027-04-05T11:00:00.000Z");
    expect(reminders()).toEqual([]);
    await at("2027-04-05T13:00:00.000Z");
    expect((await newestMail(service, email)).subject).toBe("RHIT exam: in 26 days");
  });

  it("held up until the next one's day has come are overtaken by it: never two on one day", async () => {
    const { mailing, state } = await reader();
    await dispatchAt(due[0]);
    await at(due[1]);
    expect(reminders()).toEqual([mailing(7)]);
    expect(await state(30)).toMatchObject({ state: "skipped", reason: "late" });
    await at(due[2]);
    expect(reminders()).toEqual([mailing(7), mailing(1)]);
  });

  it("held up until its date has passed do not come", async () => {
    await reader();
    await at("2027-05-02T13:00:00.000Z");
    expect(reminders()).toEqual([]);
  });

  it("are enqueued again by a dispatch that died before, and the ledger sends once", async () => {
    const { mailing } = await reader();
    service.clock.set(due[0]);
    const advance = () => Promise.reject(new Error("died"));
    const dies = { ...service.depsOf("dispatch"), dates: { ...service.depsOf("dispatch").dates, advance } };
    await expect(handler.with(dies)(scheduleEvent)).rejects.toThrow(AggregateError);
    await tick(service);
    await tick(service);
    expect(reminders()).toEqual([mailing(30)]);
  });

  it("of unknown outcome go once more", async () => {
    const { mailing } = await reader();
    faults = [{ before: { status: 503, message: "Unavailable" } }];
    await at(due[0]);
    expect(reminders()).toEqual([]);
    await at("2027-04-01T13:15:00.000Z");
    expect(reminders()).toEqual([mailing(30)]);
    await at("2027-04-01T14:00:00.000Z");
    expect(reminders()).toEqual([mailing(30)]);
  });

  it("of unknown outcome do not go once more after the date is done", async () => {
    const { dateId, finishDate } = await reader();
    faults = [{ before: { status: 503, message: "Unavailable" } }];
    await at(due[0]);
    await finishDate(dateId, "2027-05-01");
    await at("2027-04-01T13:15:00.000Z");
    expect(reminders()).toEqual([]);
  });
});

describe("a date of the time when each had one reminder", () => {
  it("keeps that one, and is done with it", async () => {
    const { id, dateId, removeDate } = await reader();
    await removeDate(dateId);
    const old = { subscriberId: id, id: "old", label: "Exam", date: "2027-04-15", daysBefore: 14, run: 1 };
    await service.deps.dates.add({ ...old, dueAt: due[0] });
    for (const instant of [due[0], "2027-04-08T13:00:00.000Z", "2027-04-14T13:00:00.000Z"]) await at(instant);
    expect(reminders()).toEqual(["deadline_old_2027-04-15_14"]);
    expect(await service.deps.dates.load(id, "old")).toEqual(old);
  });
});
