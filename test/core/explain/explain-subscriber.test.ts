import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoDigestStandings } from "../../../adapters/dynamodb/standings.ts";
import { digestDue } from "../../../core/digest/edition.ts";
import { type ExplainSubscriberDeps, explainSubscriber } from "../../../core/explain/explain-subscriber.ts";
import { addMinutes, type Instant } from "../../../core/time/instant.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { delivery, putDelivery } from "../../helpers/ledger-rows.ts";
import { tableOf } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { bounced, subscriber } from "../../helpers/subscribers.ts";
import { join, received, tick } from "../../helpers/walk.ts";

let service: TestService;
let rows: ReturnType<typeof tableOf>;
let deps: ExplainSubscriberDeps;
beforeAll(async () => {
  service = await startService({ at: "2027-03-10T15:00:00.000Z" });
  rows = tableOf(service);
  deps = { ...service.deps, digests: dynamoDigestStandings(rows.table) };
});
afterAll(async () => {
  rows.close();
  await service.stop();
});

const explain = (id: string) => explainSubscriber(deps, id);

/** Runs dispatch a minute before an instant, and at it; answers how many mails had come by each. */
async function stepTo(at: Instant, email: string): Promise<[before: number, after: number]> {
  const counts: number[] = [];
  for (const instant of [addMinutes(at, -1), at]) {
    service.clock.set(instant);
    await tick(service);
    counts.push(received(service, email).length);
  }
  return counts as [number, number];
}

describe("what comes next", () => {
  it("is what dispatch does in that very minute, in any zone and over a clock change", async () => {
    const zones = ["America/New_York", "Asia/Kolkata", "Pacific/Chatham"];
    const people = [];
    for (const zone of zones) {
      const email = `${zone.split("/")[1]?.toLowerCase().replace("_", "-")}@example.com`;
      people.push({ email, id: await join(service, email, { zone }) });
    }
    await tick(service);
    for (let step = 0; step < 2; step++) {
      const next = await Promise.all(
        people.map(async ({ email, id }) => {
          const course = (await explain(id))?.courses[0];
          const forecast = course?.next?.forecast;
          if (forecast?.status !== "goes") throw new Error(`${email}: ${JSON.stringify(course)}`);
          expect(course?.next?.mail).toEqual({ status: "goes", at: forecast.at });
          return { email, at: forecast.at };
        }),
      );
      for (const { email, at } of next.toSorted((one, other) => one.at.localeCompare(other.at))) {
        const [before, after] = await stepTo(at, email);
        expect([email, after]).toEqual([email, before + 1]);
      }
    }
  });

  it("names a change of the reader's clocks on the way", async () => {
    service.clock.set("2027-03-26T12:00:00.000Z");
    const id = await join(service, "never@example.com", { zone: "Asia/Kolkata" });
    const late = await join(service, "forward@example.com", { zone: "Europe/Berlin" });
    await tick(service);
    expect((await explain(late))?.courses[0]?.next).toMatchObject({
      clockChange: { at: "2027-03-28T01:00:00.000Z", from: "+01:00", to: "+02:00" },
      forecast: { status: "goes", step: "school", at: "2027-03-29T07:00:00.000Z" },
    });
    expect((await explain(id))?.courses[0]?.next).not.toHaveProperty("clockChange");
  });

  it("is nothing while the step before waits in its packet, which is shown", async () => {
    const id = await join(service, "packet@example.com");
    await service.deps.sending.replace(await service.deps.sending.load(), {
      table: "stepletter",
      heldAt: service.clock.now(),
    });
    await tick(service);
    const explained = await explain(id);
    expect(explained?.held).toEqual({ why: "held", since: service.clock.now() });
    expect(explained?.stops).toEqual([]);
    expect(explained?.waiting.waiting).toMatchObject([
      { mailing: "course_records_run-1_welcome", attempt: 1 },
    ]);
    expect(explained?.courses[0]?.next?.forecast).toMatchObject({
      status: "waits",
      because: [{ why: "unsettled", step: "welcome" }],
    });
    await service.deps.sending.replace(await service.deps.sending.load(), { table: "stepletter" });
  });

  it("tells what SES refuses to everybody, and of a mailing that waits for this person", async () => {
    const id = await join(service, "stopped@example.com");
    const { sending } = service.deps;
    const since = service.clock.now();
    const stop = { cause: "quota", code: "Daily", since, probeAt: addMinutes(since, 5), probes: 0 } as const;
    const before = await sending.load();
    await sending.replace(before, { table: "stepletter", stop });
    await tick(service);
    for (const mailing of ["course_records_run-1_welcome", "campaign_other"])
      await sending.replaceStop(mailing, undefined, stop);
    expect((await explain(id))?.stops).toEqual([{ stop }, { mailing: "course_records_run-1_welcome", stop }]);
    await sending.replaceStop("course_records_run-1_welcome", stop, undefined);
    await sending.replace(await sending.load(), { table: "stepletter" });
  });

  it("is the reminder of a date, in the minute in which it comes", async () => {
    const date = { id: "d1", label: "Exam", date: "2027-05-08", daysBefore: 7, run: 1 };
    const lists = { reminders: { state: "joined" as const, run: 1, since: "2027-03-10T15:00:00.000Z" } };
    await service.deps.subscribers.create(subscriber({ id: "sub_date", address: "date@example.com", lists }));
    await service.deps.dates.add({ ...date, subscriberId: "sub_date", dueAt: "2027-05-01T04:00:00.000Z" });
    const mail = (await explain("sub_date"))?.dates[0]?.mail;
    expect(mail).toEqual({ status: "goes", at: "2027-05-01T13:00:00.000Z" });
    expect(await stepTo("2027-05-01T13:00:00.000Z", "date@example.com")).toEqual([0, 1]);
    expect((await explain("sub_date"))?.dates[0]).not.toHaveProperty("mail");
  });

  it("is the next reminder of a date, once one has gone, and none once it is done", async () => {
    const exam = {
      subscriberId: "sub_date",
      id: "d2",
      label: "Exam",
      kind: "exam",
      date: "2027-05-20",
    } as const;
    const date = { ...exam, daysBefore: 7, run: 1, dueAt: "2027-05-13T13:00:00.000Z" };
    await service.deps.dates.add(date);
    const explained = async () => (await explain("sub_date"))?.dates.find(({ id }) => id === "d2");
    expect(await explained()).toMatchObject({ daysBefore: 7, mailing: "deadline_d2_2027-05-20_7" });
    await service.deps.dates.advance(date, { daysBefore: 1, dueAt: "2027-05-19T13:00:00.000Z" });
    expect(await explained()).toMatchObject({
      mailing: "deadline_d2_2027-05-20_1",
      mail: { status: "goes", at: "2027-05-19T13:00:00.000Z" },
    });
    const doneAt = "2027-05-14T13:00:00.000Z";
    await service.deps.dates.complete(date, { ...exam, daysBefore: 1, run: 1, doneAt });
    expect(await explained()).toMatchObject({ doneAt });
    expect(await explained()).not.toHaveProperty("mail");
  });

  it("is the digest, in the minute in which it comes, and whether there is news", async () => {
    const lists = { digest: { state: "joined" as const, run: 1, since: "2027-03-10T15:00:00.000Z" } };
    const zone = "Asia/Tokyo";
    await service.deps.subscribers.create(
      subscriber({ id: "sub_digest", address: "digest@example.com", zone, lists }),
    );
    const edition = "2027-W20";
    const dueAt = digestDue(edition, zone, catalogue.site.defaults.window);
    await service.deps.digests.start({ subscriberId: "sub_digest", run: 1, edition, dueAt });
    expect((await explain("sub_digest"))?.digest).toMatchObject({ edition, news: "not-yet" });
    await service.deps.feeds.addItem({
      feedId: "f",
      key: "k",
      edition,
      title: "News",
      url: "https://example.com/",
      summary: "",
      topic: "coding",
      source: "F",
      firstSeenAt: "2027-05-12T00:00:00.000Z",
    });
    expect((await explain("sub_digest"))?.digest).toMatchObject({
      news: "some",
      mail: { status: "goes", at: dueAt },
    });
    expect(await stepTo(dueAt, "digest@example.com")).toEqual([0, 1]);
  });

  it("is a digest of several weeks, with the news of any of them", async () => {
    const lists = { digest: { state: "joined" as const, run: 1, since: "2027-05-10T15:00:00.000Z" } };
    const reader = subscriber({ id: "sub_month", address: "month@example.com", lists, digestEvery: "month" });
    await service.deps.subscribers.create(reader);
    const plan = { since: "2027-W20", edition: "2027-W23", dueAt: "2027-06-07T13:00:00.000Z" };
    await service.deps.digests.start({ subscriberId: reader.id, run: 1, ...plan });
    expect((await explain(reader.id))?.digest).toMatchObject({
      edition: "2027-W23",
      weeks: 4,
      news: "some",
      mail: { status: "goes", at: plan.dueAt },
    });
  });
});

describe("what was sent", () => {
  it("is told in order, with reasons, attempts and events, and no address", async () => {
    await service.deps.subscribers.create(subscriber({ id: "sub_told", ...bounced }));
    const second = delivery({
      subscriberId: "sub_told",
      mailing: "campaign_spring",
      claimedAt: "2027-03-02T12:00:00.000Z",
      state: "skipped",
      reason: "suppressed",
    });
    const first = delivery({
      subscriberId: "sub_told",
      attempt: 2,
      events: { bounced: "2027-03-01T12:02:00.000Z" },
    });
    for (const row of [second, first]) await putDelivery(rows.table, row);
    const explained = await explain("sub_told");
    expect(explained?.deliveries).toEqual([first, second]);
    expect(explained?.subscriber).toMatchObject({ status: "suppressed", suppressed: bounced.suppressed });
    expect(JSON.stringify(explained)).not.toContain("@");
  });

  it("is told of somebody who is gone, and of nobody else", async () => {
    await putDelivery(rows.table, delivery({ subscriberId: "sub_gone" }));
    const gone = await explain("sub_gone");
    expect(gone).toMatchObject({ deliveries: [{ state: "unknown" }], courses: [] });
    expect(gone).not.toHaveProperty("subscriber");
    expect(await explain("sub_nobody")).toBeUndefined();
  });
});
