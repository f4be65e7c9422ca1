import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { markDone } from "../../../core/course/mark-done.ts";
import { changeSubscriber } from "../../../core/subscriber/change.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { leave } from "../../../core/subscriber/unsubscribe.ts";
import { handler } from "../../../functions/schedule/dispatch.ts";
import { scheduleEvent } from "../../helpers/events.ts";
import { progressToken } from "../../helpers/progress.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, newestMail, received, sendAll, tick } from "../../helpers/walk.ts";

let service: TestService;
beforeEach(async () => {
  service = await startService({ at: "2027-03-01T12:00:00.000Z" });
});
afterEach(() => service.stop());

const email = "ada@example.com";
const nudges = (of = email) => received(service, of).filter((mailing) => mailing.startsWith("nudge_"));
const looks = () => service.deps.nudges.due("2030-01-01T00:00:00.000Z", 100);

/** Walks through the course, a look at ten each morning, up to the day before that one. */
async function walkUntil(day: string): Promise<void> {
  for (const at of [
    "03-01T12:01",
    "03-03T14:00",
    "03-10T14:00",
    "03-15T13:00",
    "03-17T13:00",
    "03-25T13:00",
  ]) {
    if (at.slice(0, 5) >= day) return;
    await tickAt(`2027-${at}:00.000Z`);
  }
}

async function tickAt(at: string): Promise<void> {
  service.clock.set(at);
  await tick(service);
}

async function change(id: string, changes: Partial<Subscriber>): Promise<void> {
  await changeSubscriber(service.deps.subscribers, id, (known) => ({ ...known, ...changes }));
}

async function done(id: string, step: string): Promise<void> {
  const token = await progressToken(service, id);
  await markDone(service.depsOf("http"), { token, course: "records", step });
}

const noon = "2027-03-15T13:00:00.000Z";

describe("nudges", () => {
  it("come twice for what stays open, ten days apart, and name it", async () => {
    await join(service, email);
    await walkUntil("03-15");
    await tickAt("2027-03-15T12:59:00.000Z");
    expect(nudges()).toEqual([]);
    await tickAt(noon);
    expect(nudges()).toEqual(["nudge_records_run-1_1"]);
    const first = await newestMail(service, email);
    expect(first.subject).toBe("Open: school");
    expect(first.html).toContain("Your step “school” is open");
    expect(first.html).toMatch(/href="https:\/\/steps\.example\/progress\/[^/"]+\/courses\/records\/school"/);
    expect(JSON.stringify(first.headerLines)).toContain("List-Unsubscribe=One-Click");

    await tickAt("2027-03-17T13:00:00.000Z");
    await tickAt("2027-03-24T13:00:00.000Z");
    expect(nudges()).toHaveLength(1);
    await tickAt("2027-03-25T13:00:00.000Z");
    expect(nudges()).toEqual(["nudge_records_run-1_1", "nudge_records_run-1_2"]);
    expect((await newestMail(service, email)).html).toContain("Your steps “school” and “training” are open");
    expect(await looks()).toEqual([]);
  });

  it("go to many at once in one packet, to each in their own words", async () => {
    const ids = [];
    for (const name of ["one", "two", "three"]) ids.push(await join(service, `${name}@example.com`));
    await walkUntil("03-15");
    await done(ids[0] ?? "", "school");
    await tickAt(noon);
    expect([nudges("one@example.com"), nudges("two@example.com"), nudges("three@example.com")]).toEqual([
      [],
      ["nudge_records_run-1_1"],
      ["nudge_records_run-1_1"],
    ]);
  });

  it("ask for nothing that is done, and end with it", async () => {
    const id = await join(service, email);
    await walkUntil("03-15");
    for (const step of ["school", "training"]) await done(id, step);
    await tickAt(noon);
    await walkUntil("03-25");
    await tickAt("2027-03-29T13:00:00.000Z");
    expect(nudges()).toEqual([]);
    expect(await looks()).toEqual([]);
  });

  it.each<[string, string, (id: string) => Promise<void>]>([
    ["done", "done", (id) => done(id, "school")],
    ["paused", "paused", (id) => change(id, { rhythm: { pausedUntil: "2027-04-01T04:00:00.000Z" } })],
    ["off", "unsubscribed", (id) => change(id, { rhythm: { nudges: false } })],
    [
      "left",
      "unsubscribed",
      async (id) => {
        await changeSubscriber(service.deps.subscribers, id, (known) => leave(known, "records", noon));
      },
    ],
  ])("that are queued do not go when meanwhile it is %s", async (_, reason, meanwhile) => {
    const id = await join(service, email);
    await walkUntil("03-15");
    service.clock.set(noon);
    await handler.with(service.depsOf("dispatch"))(scheduleEvent);
    await meanwhile(id);
    await sendAll(service);
    expect(nudges()).toEqual([]);
    const mailing = "nudge_records_run-1_1";
    const rows = await service.deps.deliveries.loadMany([{ subscriberId: id, mailing }]);
    expect([...rows.values()]).toMatchObject([{ state: "skipped", reason }]);
  });

  it("come after a pause, and again for who turned them off and on", async () => {
    const id = await join(service, email);
    await walkUntil("03-15");
    await change(id, { rhythm: { nudges: false } });
    await tickAt(noon);
    expect(nudges()).toEqual([]);
    await change(id, { rhythm: { pausedUntil: "2027-03-30T04:00:00.000Z" } });
    await tickAt("2027-03-29T13:00:00.000Z");
    expect(nudges()).toEqual([]);
    await tickAt("2027-03-30T13:00:00.000Z");
    await tickAt("2027-03-31T13:00:00.000Z");
    expect(nudges()).toEqual(["nudge_records_run-1_1"]);
  });

  it("whose dispatch dies before the row moved on are enqueued again, and sent once", async () => {
    await join(service, email);
    await walkUntil("03-15");
    service.clock.set(noon);
    const dispatch = service.depsOf("dispatch");
    const dies = { ...dispatch.nudges, advance: () => Promise.reject(new Error("died")) };
    await expect(handler.with({ ...dispatch, nudges: dies })(scheduleEvent)).rejects.toThrow();
    await Promise.all([1, 2, 3].map(() => handler.with(dispatch)(scheduleEvent)));
    await sendAll(service);
    await tick(service);
    expect(nudges()).toEqual(["nudge_records_run-1_1"]);
  });

  it("are two at most when dispatch dies and the step is done before it comes back", async () => {
    const id = await join(service, email);
    await walkUntil("03-18");
    service.clock.set("2027-03-25T13:00:00.000Z");
    const dispatch = service.depsOf("dispatch");
    const dies = { ...dispatch.nudges, advance: () => Promise.reject(new Error("died")) };
    await expect(handler.with({ ...dispatch, nudges: dies })(scheduleEvent)).rejects.toThrow();
    await sendAll(service);
    expect(nudges()).toEqual(["nudge_records_run-1_1", "nudge_records_run-1_2"]);
    await done(id, "school");
    for (const at of ["03-25T13:01", "03-29T13:00", "04-08T13:00"]) await tickAt(`2027-${at}:00.000Z`);
    expect(nudges()).toHaveLength(2);
  });

  it("name what is open when they go: another step than when they were planned", async () => {
    const id = await join(service, email);
    await join(service, "bob@example.com");
    await walkUntil("03-18");
    service.clock.set("2027-03-25T13:00:00.000Z");
    await handler.with(service.depsOf("dispatch"))(scheduleEvent);
    await done(id, "school");
    await sendAll(service);
    const { subject, html } = await newestMail(service, email);
    expect(subject).toBe("Open: training");
    expect(html).toContain("Your step “training” is open");
    expect(html).toContain("/courses/records/training");
    expect((await newestMail(service, "bob@example.com")).subject).toBe("Open: school");
  });

  it("move to the next day when the day has brought a step meanwhile", async () => {
    await join(service, email);
    await walkUntil("03-15");
    service.clock.set(noon);
    await handler.with({ ...service.depsOf("dispatch"), doorbells: { ring: async () => {} } })(scheduleEvent);
    await tickAt("2027-03-17T13:00:00.000Z");
    await tick(service);
    expect(received(service, email).at(-1)).toBe("course_records_run-1_farewell");
    expect(nudges()).toEqual([]);
    await tickAt("2027-03-18T13:00:00.000Z");
    expect(nudges()).toEqual(["nudge_records_run-1_1"]);
  });
});
