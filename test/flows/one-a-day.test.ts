import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isOfAnother } from "../../core/delivery/packet.ts";
import { digestDue, firstEdition } from "../../core/digest/edition.ts";
import { AppError } from "../../core/errors.ts";
import { explainSubscriber } from "../../core/explain/explain-subscriber.ts";
import { openSettings } from "../../core/preferences/open-settings.ts";
import { changeSubscriber } from "../../core/subscriber/change.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import { addDays, addHours } from "../../core/time/instant.ts";
import { signToken } from "../../core/token/token.ts";
import { handler as sendPacket } from "../../functions/queue/send-packet.ts";
import { handler as dispatch } from "../../functions/schedule/dispatch.ts";
import { adminKey, callApi, draft, sendCampaign } from "../helpers/campaigns.ts";
import { catalogue, course } from "../helpers/catalogue.ts";
import { scheduleEvent, sqsEvent } from "../helpers/events.ts";
import { allRows } from "../helpers/rows.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { subscriber } from "../helpers/subscribers.ts";
import { join, received, sendAll, tick } from "../helpers/walk.ts";

const monday9 = "2027-03-08T14:00:00.000Z"; // 09:00 in New York
const email = "ada@example.com";
const since = "2027-03-01T12:00:00.000Z";
const edition = firstEdition(since, "America/New_York");

let service: TestService;
beforeEach(async () => {
  service = await startService({ at: "2027-03-08T06:00:00.000Z" }); // 01:00 in New York
});
afterEach(() => service.stop());

/** Somebody on all lists. */
async function reader(changes: Partial<Subscriber> = {}): Promise<string> {
  const joined = { state: "joined", run: 1, since } as const;
  const lists = { records: joined, digest: joined, reminders: joined };
  const row = subscriber({ address: email, lists, ...changes });
  await service.deps.subscribers.create(row);
  return row.id;
}

async function stepDue(dueAt: string, subscriberId = "sub_1"): Promise<void> {
  const row = { subscriberId, course: "records", run: 1, startedAt: since } as const;
  await service.deps.enrolments.start({ ...row, state: "walking", step: "school", dueAt });
}

async function digestDueNow(subscriberId = "sub_1"): Promise<void> {
  const item = {
    title: "News",
    url: "https://a.example/1",
    summary: "",
    topic: "coding",
    source: "A",
  } as const;
  await service.deps.feeds.addItem({ ...item, feedId: "a", key: "1", firstSeenAt: since, edition });
  const dueAt = digestDue(edition, "America/New_York", catalogue.site.defaults.window);
  expect(dueAt).toBe(monday9);
  await service.deps.digests.start({ subscriberId, run: 1, edition, dueAt });
}

async function tickAt(at: string): Promise<void> {
  service.clock.set(at);
  await tick(service);
}

/** What came, without what everybody gets who signs up. */
const came = () => received(service, email).map((mailing) => mailing.split("_")[0]);

describe("of what can wait, one mail a day", () => {
  it("comes by rank: a campaign that goes at night gives way to the day's step, and waits for the next morning", async () => {
    await reader();
    await stepDue(monday9);
    await sendCampaign(service, draft);
    await tickAt("2027-03-08T06:01:00.000Z");
    await tickAt(monday9);
    expect(came()).toEqual(["course"]);
    await tickAt("2027-03-09T13:59:00.000Z");
    expect(came()).toEqual(["course"]);
    await tickAt("2027-03-09T14:00:00.000Z");
    expect(came()).toEqual(["course", "campaign"]);
  });

  it("comes by rank though the queue is worked off backwards", async () => {
    await reader();
    await stepDue(monday9);
    await digestDueNow();
    service.clock.set(monday9);
    await dispatch.with(service.depsOf("dispatch"))(scheduleEvent);
    for (const body of (await service.messages("send-bulk")).toReversed())
      await sendPacket.with(service.depsOf("send-packet"))(sqsEvent(body));
    expect(came()).toEqual(["course"]);
    await tickAt(addDays(monday9, 1));
    expect(came()).toEqual(["course", "digest"]);
  });

  it("is a campaign on any day of the week, and goes at once to whom nothing else is planned for", async () => {
    const friday = "2027-03-12T22:00:00.000Z"; // 17:00 in New York
    await reader();
    await reader({
      id: "sub_2",
      address: "bob@example.com",
      lists: { records: { state: "joined", run: 1, since } },
    });
    await stepDue(addDays(monday9, 4));
    await tickAt(addDays(monday9, 4));
    service.clock.set(friday);
    await sendCampaign(service, draft);
    await tick(service);
    expect(received(service, "bob@example.com")).toEqual(["campaign_spring-news"]);
    expect(came()).toEqual(["course"]);
    await tickAt("2027-03-13T14:00:00.000Z");
    expect(came()).toEqual(["course", "campaign"]);
  });

  it("gives way to a plan for three days, not for ever", async () => {
    await reader();
    await stepDue(addDays(monday9, 1));
    await sendCampaign(service, draft);
    for (let at = "2027-03-08T06:01:00.000Z"; at < addDays(monday9, 5); at = addHours(at, 1)) {
      // A step that waits behind one that failed is looked at each day.
      const [row] = await service.deps.enrolments.loadMany("sub_1", ["records"]);
      const { step = "", dueAt = "" } = row ?? {};
      const due = { subscriberId: "sub_1", course: "records", run: 1, step, dueAt };
      await service.deps.enrolments.advance(due, { state: "walking", step, dueAt: addHours(at, 2) });
      await tickAt(at);
    }
    expect(came()).toEqual(["campaign"]);
  });

  it("waits for a reminder of a date, which comes whatever else does", async () => {
    const id = await reader();
    await stepDue(monday9);
    const date = { label: "Exam", date: "2027-03-15", daysBefore: 7 };
    await service.deps.dates.add({ subscriberId: id, id: "d1", run: 1, dueAt: monday9, ...date });
    await tickAt(monday9);
    expect(came()).toEqual(["deadline"]);
    await tickAt(addDays(monday9, 1));
    expect(came()).toEqual(["deadline", "course"]);
    await service.deps.dates.add({ subscriberId: id, id: "d2", run: 1, dueAt: addDays(monday9, 1), ...date });
    await tickAt(addHours(addDays(monday9, 1), 1));
    expect(came()).toEqual(["deadline", "course", "deadline"]);
  });

  it.each(["digest", "course"])(
    "comes the next day, not a week later, to who chose a weekday: %s",
    async (kind) => {
      const id = await reader({ rhythm: { day: "mon" } });
      if (kind === "digest") await digestDueNow();
      else await stepDue(monday9);
      const date = { label: "Exam", date: "2027-03-15", daysBefore: 7 };
      await service.deps.dates.add({ subscriberId: id, id: "d1", run: 1, dueAt: monday9, ...date });
      await tickAt(monday9);
      expect(came()).toEqual(["deadline"]);
      await tickAt(addDays(monday9, 1));
      expect(came()).toEqual(["deadline", kind]);
    },
  );

  it("is a nudge on the next day, too, at the hour that was chosen", async () => {
    const id = await reader({ rhythm: { day: "mon", hour: 18 } });
    const row = { subscriberId: id, course: "records", run: 1, startedAt: since } as const;
    await service.deps.enrolments.start({ ...row, state: "finished", previous: "school" });
    const school = {
      mailing: "course_records_run-1_school",
      owner: "pkt_old.1",
      attempt: 1,
      claimedAt: since,
    };
    const { deliveries, nudges, slots } = service.deps;
    await deliveries.claimMany(school, [id]);
    await deliveries.settleMany(school, [[id, { state: "sent", messageId: "m" }]], since);
    const dueAt = "2027-03-15T22:00:00.000Z"; // 18:00 in New York
    await nudges.start({ subscriberId: id, course: "records", run: 1, sent: 0, dueAt });
    await slots.takeMany("deadline_d1_2027-03-22_7", [{ subscriberId: id, date: "2027-03-15" }]);
    await tickAt(dueAt);
    expect(came()).toEqual([]);
    await tickAt("2027-03-16T21:59:00.000Z");
    expect(came()).toEqual([]);
    await tickAt("2027-03-16T22:00:00.000Z");
    expect(came()).toEqual(["nudge"]);
  });

  it("leaves no day empty: a digest gives way to a step that is due later that day, and the step comes", async () => {
    await reader();
    await digestDueNow();
    await stepDue(addHours(monday9, 1));
    await tickAt(monday9);
    expect(came()).toEqual([]);
    await tickAt(addHours(monday9, 1));
    expect(came()).toEqual(["course"]);
    await tickAt(addDays(monday9, 1));
    expect(came()).toEqual(["course", "digest"]);
  });

  it("keeps a day that it was moved to, whatever is planned for it since", async () => {
    await reader();
    await stepDue(monday9);
    await sendCampaign(service, draft);
    await tickAt("2027-03-08T06:01:00.000Z");
    await tickAt(monday9);
    const [row] = await service.deps.enrolments.loadMany("sub_1", ["records"]);
    const { step = "", dueAt = "", previous = "" } = row ?? {};
    const planned = { subscriberId: "sub_1", course: "records", run: 1, step, previous, dueAt };
    const later = "2027-03-09T15:30:00.000Z";
    const goesFrom = later;
    await service.deps.enrolments.advance(planned, { state: "walking", step, dueAt: later, goesFrom });
    await tickAt("2027-03-09T14:00:00.000Z");
    expect(came()).toEqual(["course", "campaign"]);
    await tickAt(later);
    await tickAt("2027-03-10T14:00:00.000Z");
    expect(came()).toEqual(["course", "campaign", "course"]);
  });

  it("keeps its rank for the next day, while it waits in its queue", async () => {
    await reader();
    await stepDue(monday9);
    await digestDueNow();
    service.clock.set(monday9);
    await sendCampaign(service, draft);
    await dispatch.with(service.depsOf("dispatch"))(scheduleEvent);
    // The campaign is sent first, then the step, then the digest.
    const bodies = await service.messages("send-bulk");
    const mailings = await Promise.all(
      bodies.map(async (body) => (await service.deps.packets.load(JSON.parse(body).packetId))?.mailing ?? ""),
    );
    const order = ["campaign", "course", "digest"];
    const ranked = bodies
      .map((body, at) => ({ body, rank: order.indexOf(mailings[at]?.split("_")[0] ?? "") }))
      .sort((one, other) => one.rank - other.rank);
    for (const { body } of ranked) await sendPacket.with(service.depsOf("send-packet"))(sqsEvent(body));
    for (const days of [1, 2]) await tickAt(addDays(monday9, days));
    expect(came()).toEqual(["course", "digest", "campaign"]);
  });

  it("comes on another day where the window has but one, and no digest after it is lost", async () => {
    const window = { ...catalogue.site.defaults.window, days: ["mon" as const] };
    const oneDay = {
      ...catalogue,
      site: { ...catalogue.site, defaults: { ...catalogue.site.defaults, window } },
    };
    const id = await reader();
    await digestDueNow();
    const date = { label: "Exam", date: "2027-03-15", daysBefore: 7 };
    await service.deps.dates.add({ subscriberId: id, id: "d1", run: 1, dueAt: monday9, ...date });
    for (const days of [0, 1]) {
      service.clock.set(addDays(monday9, days));
      await dispatch.with({ ...service.depsOf("dispatch"), catalogue: oneDay })(scheduleEvent);
      for (const queue of ["send-now", "send-bulk"] as const)
        for (const body of await service.messages(queue))
          await sendPacket.with({ ...service.depsOf("send-packet"), catalogue: oneDay })(sqsEvent(body));
    }
    expect(came()).toEqual(["deadline", "digest"]);
  });

  it("holds no reminder back when days cannot be taken", async () => {
    const id = await reader();
    const date = { label: "Exam", date: "2027-03-15", daysBefore: 7 };
    await service.deps.dates.add({ subscriberId: id, id: "d1", run: 1, dueAt: monday9, ...date });
    service.clock.set(monday9);
    const deps = service.depsOf("dispatch");
    const away = () => Promise.reject(new AppError("unavailable", "dynamodb.unavailable", "away"));
    await dispatch.with({ ...deps, slots: { ...deps.slots, takeMany: away } })(scheduleEvent);
    await sendAll(service);
    expect(came()).toEqual(["deadline"]);
  });

  it("waits no longer for the alarm than since the day that it was moved to", async () => {
    await reader();
    await stepDue(monday9);
    await sendCampaign(service, draft);
    await tickAt("2027-03-08T06:01:00.000Z");
    await tickAt(monday9);
    service.measured.length = 0;
    await tickAt("2027-03-09T14:01:00.000Z");
    const ages = service.measured.filter(([name]) => name === "OldestPacketSeconds");
    expect(ages).toEqual([["OldestPacketSeconds", 60]]);
  });

  it("does not count what somebody just asked for: confirmation and welcome", async () => {
    await join(service, email);
    await tick(service);
    await sendCampaign(service, draft);
    await tickAt("2027-03-08T06:05:00.000Z");
    expect(came()).toEqual(["confirm", "course", "campaign"]);
  });

  it("is not put off by a course that is only tried out, minutes apart", async () => {
    const quick = {
      ...course,
      steps: course.steps.map((step) => ({ ...step, delayDays: 0, delayMinutes: 1 })),
    };
    const deps = { catalogue: { ...catalogue, courses: { records: quick } } };
    await reader();
    await stepDue(monday9);
    for (let minute = 0; minute < 8; minute++) {
      service.clock.set(new Date(Date.parse(monday9) + minute * 60_000).toISOString());
      await dispatch.with({ ...service.depsOf("dispatch"), ...deps })(scheduleEvent);
      for (const body of await service.messages("send-bulk"))
        await sendPacket.with({ ...service.depsOf("send-packet"), ...deps })(sqsEvent(body));
    }
    expect(came()).toEqual(["course", "course", "course"]);
  });

  it("is one by the calendar where the reader is: late in the evening and early in the morning are two", async () => {
    await reader({ lists: { records: { state: "joined", run: 1, since } } });
    for (const [id, at] of [
      ["one", "2027-03-09T03:59:00.000Z"], // 22:59
      ["two", "2027-03-09T04:30:00.000Z"], // 23:30
      ["three", "2027-03-09T05:01:00.000Z"], // 00:01
    ] as const) {
      service.clock.set(at);
      await sendCampaign(service, { ...draft, id });
      await tick(service);
    }
    // The second has taken the next day, which begins for it at nine.
    expect(received(service, email)).toEqual(["campaign_one"]);
    await tickAt("2027-03-09T14:00:00.000Z");
    expect(received(service, email)).toEqual(["campaign_one", "campaign_two"]);
    await tickAt("2027-03-10T14:00:00.000Z");
    expect(received(service, email)).toEqual(["campaign_one", "campaign_two", "campaign_three"]);
  });
});

describe("a day that was taken", () => {
  it("is the mail's still when its worker dies before the call, and SES is asked once", async () => {
    await reader();
    await stepDue(monday9);
    service.clock.set(monday9);
    await dispatch.with(service.depsOf("dispatch"))(scheduleEvent);
    const [body = ""] = await service.messages("send-bulk");
    const deps = service.depsOf("send-packet");
    const markCalling = () => Promise.reject(new Error("died"));
    await sendPacket.with({ ...deps, packets: { ...deps.packets, markCalling } })(sqsEvent(body));
    service.clock.pass(91);
    await sendPacket.with(deps)(sqsEvent(body));
    expect(came()).toEqual(["course"]);
  });

  it("stands under the reader's id, and is let go by itself two weeks later", async () => {
    await reader();
    await stepDue(monday9);
    await tickAt(monday9);
    const [row] = (await allRows(service)).filter(({ sk }) => sk === "DAY#2027-03-08");
    const expiresAt = Date.parse("2027-03-22T00:00:00.000Z") / 1000;
    expect(row).toMatchObject({ pk: "SUB#sub_1", mailing: "course_records_run-1_school", expiresAt });
  });
});

describe("the numbers of a campaign", () => {
  it("count those who wait for their next day, each once, and are whole in the end", async () => {
    const key = await adminKey(service);
    const status = async () => (await callApi(service, { path: "/v1/campaigns/spring-news", key })).body;
    for (let n = 0; n < 60; n++) {
      await reader({
        id: `sub_${n}`,
        address: `r${n}@example.com`,
        lists: { records: { state: "joined", run: 1, since } },
      });
      if (n % 3 === 0) await stepDue(monday9, `sub_${n}`);
    }
    await sendCampaign(service, draft);
    await tickAt("2027-03-08T06:01:00.000Z");
    expect(await status()).toMatchObject({
      state: "sending",
      recipients: 60,
      waiting: 20,
      counts: { sent: 40 },
    });
    await tickAt(monday9);
    await changeSubscriber(service.deps.subscribers, "sub_3", (known) => ({
      ...known,
      lists: { records: { state: "left", run: 1, since } },
    }));
    await tickAt(addDays(monday9, 1));
    expect(await status()).toMatchObject({ state: "done", waiting: 0, counts: { sent: 59, skipped: 1 } });
  });

  it("are whole when the worker dies between naming a packet and writing it, or writing it and letting go", async () => {
    const key = await adminKey(service);
    await reader();
    await stepDue(monday9);
    await sendCampaign(service, draft);
    service.clock.set("2027-03-08T06:01:00.000Z");
    await dispatch.with(service.depsOf("dispatch"))(scheduleEvent);
    const [body = ""] = await service.messages("send-bulk");
    const deps = service.depsOf("send-packet");
    const dies = () => Promise.reject(new Error("died"));
    for (const broken of [
      { ...deps, packets: { ...deps.packets, create: dies } },
      { ...deps, deliveries: { ...deps.deliveries, settleMany: dies } },
    ]) {
      await sendPacket.with(broken)(sqsEvent(body));
      service.clock.pass(91);
    }
    await sendPacket.with(deps)(sqsEvent(body));
    await tickAt(monday9);
    await tickAt(addDays(monday9, 1));
    await sendAll(service);
    expect(came()).toEqual(["course", "campaign"]);
    const { body: report } = await callApi(service, { path: "/v1/campaigns/spring-news", key });
    expect(report).toMatchObject({ state: "done", waiting: 0, counts: { sent: 1 } });
  });
});

describe("a campaign's mail to somebody who was erased since", () => {
  it("is counted in the packet that sent it", () => {
    expect(isOfAnother({ id: "pkt_1" }, "erased")).toBe(false);
    expect(isOfAnother({ id: "pkt_1" }, "pkt_1.3")).toBe(false);
    expect(isOfAnother({ id: "pkt_1" }, "pkt_2.3")).toBe(true);
  });
});

describe("what is told of the next mail", () => {
  it("counts with the day's mail: the settings page and explain name the next day", async () => {
    await reader();
    await stepDue(monday9);
    const days = [{ subscriberId: "sub_1", date: "2027-03-08" }];
    await service.deps.slots.takeMany("deadline_d1_2027-03-15_7", days);
    service.clock.set("2027-03-08T13:00:00.000Z");
    const explained = await explainSubscriber(service.deps, "sub_1");
    expect(explained).toMatchObject({
      today: { date: "2027-03-08", mailing: "deadline_d1_2027-03-15_7" },
      courses: [{ next: { mail: { status: "goes", at: "2027-03-09T14:00:00.000Z" } } }],
    });
    const token = signToken(await service.deps.keys.ring(), {
      purpose: "progress",
      subscriberId: "sub_1",
      list: "all",
    });
    const settings = await openSettings(service.deps, token);
    const courses = settings.status === "open" ? settings.courses : [];
    expect(courses.map(({ next }) => next)).toMatchObject([
      { status: "goes", at: "2027-03-09T14:00:00.000Z" },
    ]);
    await tickAt(monday9);
    expect(came()).toEqual([]);
    await tickAt("2027-03-09T14:00:00.000Z");
    expect(came()).toEqual(["course"]);
  });
});
