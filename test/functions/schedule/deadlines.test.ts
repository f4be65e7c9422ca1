import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deliveryKey } from "../../../core/delivery/delivery.ts";
import { handler as http } from "../../../functions/http/handler.ts";
import { handler } from "../../../functions/schedule/dispatch.ts";
import type { Fault } from "../../../local/ses/fault.ts";
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
const due = "2027-04-24T13:00:00.000Z";
const reminders = () => received(service, email).filter((mailing) => mailing.startsWith("deadline_"));

/** Someone who left the course, so that only reminders come, and set a date. */
async function reader() {
  const id = await join(service, email);
  const page = progressOf(service, await progressToken(service, id));
  await page.setDate("RHIT exam", "2027-05-01", 7);
  const course = await service.deps.subscribers.load(id);
  if (course) {
    const { records: _, ...lists } = course.lists;
    await service.deps.subscribers.replace({ ...course, lists });
  }
  const dateId = (await service.deps.dates.of(id))[0]?.id ?? "";
  return { id, dateId, mailing: `deadline_${dateId}_2027-05-01_7`, ...page };
}

async function at(instant: string): Promise<void> {
  service.clock.set(instant);
  await tick(service);
}

describe("a reminder", () => {
  it("comes once, on its day as the window opens, and can be left by one click", async () => {
    const { mailing } = await reader();
    await at("2027-04-24T12:59:00.000Z");
    expect(reminders()).toEqual([]);
    await at(due);
    expect(reminders()).toEqual([mailing]);
    const mail = await newestMail(service, email);
    expect(mail.subject).toBe("RHIT exam: in 7 days");
    expect(mail.html).toContain("Saturday, May 1, 2027");
    expect(mail.headers.get("list")).toMatchObject({
      id: { name: "reminders.stepletter.example" },
      unsubscribe: { url: expect.stringContaining("https://steps.example/unsubscribe/") },
    });
    for (const later of ["2027-04-24T13:01:00.000Z", "2027-04-25T13:00:00.000Z", "2027-05-01T13:00:00.000Z"])
      await at(later);
    expect(reminders()).toEqual([mailing]);
  });

  it("leads to the page where it can be removed", async () => {
    await reader();
    await at(due);
    const token = await linkToken(service, email, "progress");
    expect((await progressOf(service, token).open()).body).toContain("RHIT exam");
  });

  it("of a date that was removed after it was queued does not go", async () => {
    const { id, dateId, mailing, removeDate } = await reader();
    service.clock.set(due);
    await handler.with(service.depsOf("dispatch"))(scheduleEvent);
    await removeDate(dateId);
    await sendAll(service);
    expect(reminders()).toEqual([]);
    const key = { subscriberId: id, mailing };
    expect((await service.deps.deliveries.loadMany([key])).get(deliveryKey(key))).toMatchObject({
      state: "skipped",
      reason: "withdrawn",
    });
  });

  it("of a date that was set again after that goes", async () => {
    const { dateId, removeDate, setDate } = await reader();
    service.clock.set(due);
    await handler.with(service.depsOf("dispatch"))(scheduleEvent);
    await removeDate(dateId);
    await sendAll(service);
    await setDate("RHIT exam", "2027-05-01", 7);
    await at("2027-04-24T13:05:00.000Z");
    expect(reminders()).toHaveLength(1);
  });

  it("does not go to someone who left the list meanwhile", async () => {
    const { setDate } = await reader();
    await setDate("Application", "2027-04-30", 1);
    await at(due);
    const token = await linkToken(service, email, "unsubscribe");
    await http.with(service.depsOf("http"))(formPost("/unsubscribe", { token }), context);
    await at("2027-04-29T13:00:00.000Z");
    expect(reminders()).toHaveLength(1);
  });

  it("held up by an outage comes with the next hours, in the words of that day", async () => {
    await reader();
    await at("2027-04-30T11:00:00.000Z");
    expect(reminders()).toEqual([]);
    await at("2027-04-30T13:00:00.000Z");
    expect((await newestMail(service, email)).subject).toBe("RHIT exam: tomorrow");
  });

  it("held up until its date has passed does not come", async () => {
    await reader();
    await at("2027-05-02T13:00:00.000Z");
    expect(reminders()).toEqual([]);
  });

  it("is enqueued again by a dispatch that died before, and the ledger sends once", async () => {
    const { mailing } = await reader();
    service.clock.set(due);
    const leaveDue = () => Promise.reject(new Error("died"));
    const dies = { ...service.depsOf("dispatch"), dates: { ...service.depsOf("dispatch").dates, leaveDue } };
    await expect(handler.with(dies)(scheduleEvent)).rejects.toThrow(AggregateError);
    await tick(service);
    await tick(service);
    expect(reminders()).toEqual([mailing]);
  });

  it("of unknown outcome goes once more", async () => {
    const { mailing } = await reader();
    faults = [{ before: { status: 503, message: "Unavailable" } }];
    await at(due);
    expect(reminders()).toEqual([]);
    await at("2027-04-24T13:15:00.000Z");
    expect(reminders()).toEqual([mailing]);
    await at("2027-04-24T14:00:00.000Z");
    expect(reminders()).toEqual([mailing]);
  });
});
