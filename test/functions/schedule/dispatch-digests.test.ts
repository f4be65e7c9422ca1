import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FeedSource } from "../../../core/catalogue.ts";
import { enrol } from "../../../core/course/enrol.ts";
import { startDigestAfterCourses } from "../../../core/digest/start-digest-after-courses.ts";
import type { FeedEntry } from "../../../core/feed/feed-item.ts";
import type { FeedReading } from "../../../core/feed/feed-ports.ts";
import { changeSubscriber } from "../../../core/subscriber/change.ts";
import { suppress } from "../../../core/subscriber/suppress.ts";
import { leave } from "../../../core/subscriber/unsubscribe.ts";
import { handler as pollFeed } from "../../../functions/queue/poll-feed.ts";
import { handler } from "../../../functions/schedule/dispatch.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { scheduleEvent, sqsEvent } from "../../helpers/events.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, newestMail, received, sendAll, tick } from "../../helpers/walk.ts";

let service: TestService;
beforeEach(async () => {
  service = await startService({ at: "2027-03-01T12:00:00.000Z" });
});
afterEach(() => service.stop());

const email = "ada@example.com";
const digests = (of = email) => received(service, of).filter((mailing) => mailing.startsWith("digest_"));
/** Joins the digest, and leaves the course that would come first. */
async function joinDigest(of = email, zone = "America/New_York"): Promise<string> {
  const id = await join(service, of, { digest: "on", zone });
  const { deps, clock } = service;
  const left = await changeSubscriber(deps.subscribers, id, (known) => leave(known, "records", clock.now()));
  if (left) await enrol(deps, left);
  return id;
}
const feed: FeedSource = {
  id: "coding",
  title: "The Coding Corner",
  url: "https://coding.example/",
  topic: "coding",
  everyMinutes: 15,
};

const readers = () => service.deps.digests.due("2030-01-01T00:00:00.000Z", 100);

/** The feed brings these items at that instant. */
async function bring(at: string, ...ids: string[]): Promise<void> {
  const entries = ids.map((id) => ({
    guid: id,
    title: `News ${id}`,
    url: `https://coding.example/${id}`,
    summary: `About ${id}`,
    publishedAt: at,
  }));
  await bringFrom(feed, at, entries);
}

async function bringFrom(feed: FeedSource, at: string, entries: FeedEntry[]): Promise<void> {
  service.clock.set(at);
  const read = async (): Promise<FeedReading> => ({ status: "read", entries });
  const deps = {
    ...service.depsOf("poll-feed"),
    catalogue: { ...catalogue, feeds: [feed] },
    feedReader: { read },
  };
  await pollFeed.with(deps)(sqsEvent({ v: 1, feedId: feed.id }));
}

async function tickAt(at: string): Promise<void> {
  service.clock.set(at);
  await tick(service);
}

describe("the digest", () => {
  it("comes on Mondays, in the window, when the week before brought anything", async () => {
    await joinDigest();
    await bring("2027-03-03T08:00:00.000Z", "1", "2");
    await tickAt("2027-03-08T13:59:00.000Z");
    expect(digests()).toEqual([]);
    await tickAt("2027-03-08T14:00:00.000Z");
    expect(digests()).toEqual(["digest_2027-W10"]);
    const { subject, html, text } = await newestMail(service, email);
    expect(subject).toBe("The week’s news, March 8, 2027");
    for (const id of ["1", "2"]) {
      expect(String(html).split(`https://coding.example/${id}"`)).toHaveLength(2);
      expect(text).toContain(`News ${id}\n  About ${id}\n  The Coding Corner · March 3\n`);
    }

    await tickAt("2027-03-15T13:00:00.000Z");
    expect(digests()).toHaveLength(1);
    await bring("2027-03-17T08:00:00.000Z", "2", "3");
    await tickAt("2027-03-22T13:00:00.000Z");
    expect(digests()).toEqual(["digest_2027-W10", "digest_2027-W12"]);
    const next = await newestMail(service, email);
    expect(next.html).toContain("News 3");
    expect(next.html).not.toContain("News 2");
  });

  it("comes once a month to who chose that, with all weeks since the last one, and every week again", async () => {
    const id = await joinDigest();
    const { subscribers } = service.deps;
    const choose = async (every: "week" | "month") => {
      await changeSubscriber(subscribers, id, ({ digestEvery: _, ...known }) => ({
        ...known,
        ...(every === "month" && { digestEvery: every }),
        todo: { ...known.todo, replan: service.clock.now() },
      }));
      await tick(service);
    };
    await choose("month");
    await bring("2027-03-03T08:00:00.000Z", ...Array.from({ length: 13 }, (_, n) => `a${n}`));
    await bring("2027-03-31T08:00:00.000Z", "b");
    for (const day of ["03-08T14", "03-15T13", "03-22T13", "03-29T13"])
      await tickAt(`2027-${day}:00:00.000Z`);
    expect(digests()).toEqual([]);
    await tickAt("2027-04-05T13:00:00.000Z");
    expect(digests()).toEqual(["digest_2027-W14-5"]);
    const { subject, text } = await newestMail(service, email);
    expect(subject).toBe("The month’s news, April 5, 2027");
    expect(text).toContain("News b");
    expect(text).toContain("2 more from these weeks");
    expect(text).toContain(
      "Week of March 1 to 7\n\nCoding: 2 more\n  https://steps.example/news/2027-W10/coding",
    );
    expect(await readers()).toMatchObject([{ since: "2027-W15", edition: "2027-W18" }]);

    // What waited by then comes with the next Monday.
    await bring("2027-04-07T08:00:00.000Z", "c");
    await tickAt("2027-04-14T13:00:00.000Z");
    await choose("week");
    await bring("2027-04-15T08:00:00.000Z", "d", "a0");
    await tickAt("2027-04-15T13:00:00.000Z");
    await tickAt("2027-04-19T13:00:00.000Z");
    expect(digests()).toEqual(["digest_2027-W14-5", "digest_2027-W16-2"]);
    const next = await newestMail(service, email);
    for (const name of ["c", "d"]) expect(next.text).toContain(`News ${name}\n`);
    expect(next.text).not.toMatch(/News [ab]/);
    expect(await readers()).toMatchObject([{ edition: "2027-W17" }]);
  });

  it("does not repeat an address that another feed brings, or the same by another name", async () => {
    await joinDigest();
    await bring("2027-03-03T08:00:00.000Z", "1");
    await tickAt("2027-03-08T14:00:00.000Z");
    expect(digests()).toEqual(["digest_2027-W10"]);
    const at = "2027-03-05T08:00:00.000Z";
    const again = { title: "Once more", url: "https://coding.example/1?utm_source=b#c", publishedAt: at };
    const other = { ...feed, id: "other", title: "Another", topic: "privacy" } as const;
    await bringFrom(other, "2027-03-10T08:00:00.000Z", [{ ...again, guid: "x", summary: "" }]);
    await bringFrom(feed, "2027-03-10T08:00:00.000Z", [
      { ...again, guid: "y", title: "News 1", summary: "" },
    ]);
    await tickAt("2027-03-15T13:00:00.000Z");
    expect(digests()).toEqual(["digest_2027-W10"]);
  });

  it("comes at each one's own Monday, with the same in it", async () => {
    const zones = ["Pacific/Kiritimati", "Australia/Sydney", "Pacific/Pago_Pago"];
    for (const zone of zones) await joinDigest(`${zone.split("/")[1]}@example.com`, zone);
    await bring("2027-03-07T09:45:00.000Z", "1");
    await bring("2027-03-07T10:00:00.000Z", "2");
    for (const [at, name] of [
      ["2027-03-07T19:00:00.000Z", "Kiritimati"],
      ["2027-03-07T22:00:00.000Z", "Sydney"],
      ["2027-03-08T20:00:00.000Z", "Pago_Pago"],
    ]) {
      expect(digests(`${name}@example.com`)).toEqual([]);
      await tickAt(at ?? "");
      expect(digests(`${name}@example.com`)).toEqual(["digest_2027-W10"]);
      const { html } = await newestMail(service, `${name}@example.com`);
      expect(html).toContain("News 1");
      expect(html).not.toContain("News 2");
    }
  });

  it("waits for the end of the course, and begins with the Monday after", async () => {
    await join(service, email, { digest: "on" });
    for (const day of ["01T12:01", "03T14:00", "10T14:00"]) await tickAt(`2027-03-${day}:00.000Z`);
    await bring("2027-03-11T08:00:00.000Z", "1");
    expect(await readers()).toEqual([]);
    const dies = {
      ...service.depsOf("dispatch").enrolments,
      advance: () => Promise.reject(new Error("died")),
    };
    service.clock.set("2027-03-17T13:00:00.000Z");
    await expect(
      handler.with({ ...service.depsOf("dispatch"), enrolments: dies })(scheduleEvent),
    ).rejects.toThrow();
    expect(await readers()).toMatchObject([{ edition: "2027-W12", dueAt: "2027-03-22T13:00:00.000Z" }]);
    await tickAt("2027-03-17T13:01:00.000Z");
    expect(await readers()).toHaveLength(1);
    await bring("2027-03-18T08:00:00.000Z", "2");
    await tickAt("2027-03-22T13:00:00.000Z");
    // The nudge for a step that is still open goes first, and takes the day.
    expect(digests()).toEqual([]);
    expect(await newestMail(service, email)).toMatchObject({ subject: expect.stringContaining("school") });
    await tickAt("2027-03-23T13:00:00.000Z");
    expect(digests()).toEqual(["digest_2027-W12"]);
  });

  it("begins when the course is left, by the next dispatch", async () => {
    const id = await join(service, email, { digest: "on" });
    await tick(service);
    const { subscribers } = service.deps;
    service.clock.set("2027-03-04T09:00:00.000Z");
    await changeSubscriber(subscribers, id, (known) => leave(known, "records", service.clock.now()));
    expect(await readers()).toEqual([]);
    await tickAt("2027-03-09T09:00:00.000Z");
    expect(await readers()).toMatchObject([{ edition: "2027-W11" }]);
  });

  it("begins for who joins it in the minute in which the course ends", async () => {
    const id = await join(service, email);
    for (const day of ["01T12:01", "03T14:00", "10T14:00"]) await tickAt(`2027-03-${day}:00.000Z`);
    service.clock.set("2027-03-17T13:00:00.000Z");
    const dispatch = service.depsOf("dispatch");
    const advance: typeof dispatch.enrolments.advance = async (from, to) => {
      const joined = await changeSubscriber(service.deps.subscribers, id, (known) => ({
        ...known,
        lists: { ...known.lists, digest: { state: "joined", run: 1, since: service.clock.now() } },
        todo: { ...known.todo, enrol: service.clock.now() },
      }));
      if (joined) await enrol(service.deps, joined);
      return dispatch.enrolments.advance(from, to);
    };
    await handler.with({ ...dispatch, enrolments: { ...dispatch.enrolments, advance } })(scheduleEvent);
    expect(await readers()).toMatchObject([{ edition: "2027-W12" }]);
  });

  it("does not wait for a course that a deployment has dropped", async () => {
    await join(service, email, { digest: "on" });
    service.clock.set("2027-03-01T12:01:00.000Z");
    const dispatch = service.depsOf("dispatch");
    await handler.with({ ...dispatch, catalogue: { ...catalogue, courses: {} } })(scheduleEvent);
    expect(await readers()).toMatchObject([{ edition: "2027-W10" }]);
    await tickAt("2027-03-02T12:01:00.000Z");
    expect(received(service, email).at(-1)).toBe("course_records_run-1_welcome");
  });

  it("waits for a run that was started again and has not begun", async () => {
    const id = await join(service, email, { digest: "on" });
    await tickAt("2027-03-01T12:01:00.000Z");
    service.clock.set("2027-03-03T14:00:00.000Z");
    const again = await changeSubscriber(service.deps.subscribers, id, (known) => ({
      ...known,
      lists: {
        ...known.lists,
        records: { state: "joined", run: 2, since: "2027-03-01T12:00:00.000Z", from: "welcome" },
      },
      todo: { ...known.todo, enrol: service.clock.now() },
    }));
    const dispatch = service.depsOf("dispatch");
    const start = () => Promise.reject(new Error("away"));
    const broken = { ...dispatch, enrolments: { ...dispatch.enrolments, start } };
    await expect(handler.with(broken)(scheduleEvent)).rejects.toThrow();
    expect((await service.deps.enrolments.loadMany(id, ["records"]))[0]).toMatchObject({ state: "stopped" });
    if (again) await startDigestAfterCourses(dispatch, again, service.clock.now());
    expect(await readers()).toEqual([]);
    await tickAt("2027-03-03T14:01:00.000Z");
    expect((await service.deps.enrolments.loadMany(id, ["records"]))[0]).toMatchObject({ run: 2 });
    expect(await readers()).toEqual([]);
  });

  it("comes only to those of whose topics it has anything", async () => {
    const choosy = await joinDigest();
    await joinDigest("all@example.com");
    const { subscribers } = service.deps;
    await changeSubscriber(subscribers, choosy, (known) => ({ ...known, topics: ["careers"] }));
    await bring("2027-03-03T08:00:00.000Z", "1");
    service.clock.set("2027-03-08T14:00:00.000Z");
    await handler.with(service.depsOf("dispatch"))(scheduleEvent);
    const rows = (await allRows(service)).filter(({ mailing }) => mailing === "digest_2027-W10");
    const packets = rows.filter(({ sk }) => sk === "PACKET");
    expect(packets.map(({ recipients }) => recipients)).toHaveLength(1);
    expect(packets[0]?.recipients).toHaveLength(1);

    await changeSubscriber(subscribers, choosy, (known) => ({ ...known, topics: ["coding", "privacy"] }));
    await bring("2027-03-10T08:00:00.000Z", "2");
    await tickAt("2027-03-15T13:00:00.000Z");
    for (const of of [email, "all@example.com"]) {
      expect(digests(of).at(-1)).toBe("digest_2027-W11");
      expect((await newestMail(service, of)).html).toContain("News 2");
    }
  });

  it("comes to those alone who are on its list", async () => {
    await join(service, "course@example.com");
    await joinDigest();
    await bring("2027-03-03T08:00:00.000Z", "1");
    await tickAt("2027-03-08T14:00:00.000Z");
    expect(digests("course@example.com")).toEqual([]);
    expect(digests()).toHaveLength(1);
  });

  it("makes no packet for a week without news", async () => {
    await joinDigest();
    await tickAt("2027-03-01T12:01:00.000Z");
    await tickAt("2027-03-08T14:00:00.000Z");
    const mailings = (await allRows(service)).map(({ mailing }) => String(mailing));
    expect(mailings.filter((mailing) => mailing.startsWith("digest_"))).toEqual([]);
    expect(await service.deps.digests.due("2027-03-15T13:00:00.000Z", 100)).toMatchObject([
      { edition: "2027-W11", dueAt: "2027-03-15T13:00:00.000Z" },
    ]);
  });

  it("stops the run that someone has left, though they came back for a later one", async () => {
    const id = await joinDigest();
    await tick(service);
    await bring("2027-03-03T08:00:00.000Z", "1");
    const reader = await service.deps.subscribers.load(id);
    if (!reader) throw new Error("Nobody reads the digest");
    const digest = { state: "joined" as const, run: 2, since: service.clock.now() };
    await service.deps.subscribers.replace({ ...reader, lists: { ...reader.lists, digest } });
    await tickAt("2027-03-08T14:00:00.000Z");
    expect(digests()).toEqual([]);
    expect(await service.deps.digests.due("2030-01-01T00:00:00.000Z", 100)).toEqual([]);
  });

  it("starts with the next Monday for someone who joins on one", async () => {
    await bring("2027-03-03T08:00:00.000Z", "1");
    service.clock.set("2027-03-08T12:00:00.000Z");
    await joinDigest();
    await bring("2027-03-10T08:00:00.000Z", "2");
    await tickAt("2027-03-08T14:00:00.000Z");
    expect(digests()).toEqual([]);
    await tickAt("2027-03-15T13:00:00.000Z");
    expect(digests()).toEqual(["digest_2027-W11"]);
  });

  it("stops at those who left or bounced, and is not asked about again", async () => {
    const bounced = await joinDigest();
    await joinDigest("left@example.com");
    await suppress(service.deps, bounced, "bounce");
    await bring("2027-03-03T08:00:00.000Z", "1");
    const { subscribers } = service.deps;
    const id = (await service.deps.digests.due("2027-03-09T00:00:00.000Z", 100))
      .map(({ subscriberId }) => subscriberId)
      .find((candidate) => candidate !== bounced);
    const left = await subscribers.load(id ?? "");
    if (!left) throw new Error("Nobody reads the digest");
    const lists = { ...left.lists, digest: { state: "left" as const, run: 1, since: service.clock.now() } };
    await subscribers.replace({ ...left, lists });
    await tickAt("2027-03-08T14:00:00.000Z");
    expect([...digests(), ...digests("left@example.com")]).toEqual([]);
    expect(await service.deps.digests.due("2030-01-01T00:00:00.000Z", 100)).toEqual([]);
  });

  it("says why it skips whom it lost while it was queued", async () => {
    const bounced = await joinDigest();
    const left = await joinDigest("left@example.com");
    await bring("2027-03-03T08:00:00.000Z", "1");
    service.clock.set("2027-03-08T14:00:00.000Z");
    await handler.with(service.depsOf("dispatch"))(scheduleEvent);
    await suppress(service.deps, bounced, "bounce");
    const reader = await service.deps.subscribers.load(left);
    if (!reader) throw new Error("Nobody reads the digest");
    const lists = { ...reader.lists, digest: { state: "left" as const, run: 1, since: service.clock.now() } };
    await service.deps.subscribers.replace({ ...reader, lists });
    await sendAll(service);
    expect([...digests(), ...digests("left@example.com")]).toEqual([]);
    const mailing = "digest_2027-W10";
    const rows = await service.deps.deliveries.loadMany(
      [bounced, left].map((subscriberId) => ({ subscriberId, mailing })),
    );
    expect([...rows.values()].map(({ state, reason }) => `${state} ${reason}`).sort()).toEqual([
      "skipped suppressed",
      "skipped unsubscribed",
    ]);
  });

  it("twenty dispatches at once send one", async () => {
    await joinDigest();
    await bring("2027-03-03T08:00:00.000Z", "1");
    service.clock.set("2027-03-08T14:00:00.000Z");
    await Promise.all(
      Array.from({ length: 20 }, () => handler.with(service.depsOf("dispatch"))(scheduleEvent)),
    );
    await sendAll(service);
    expect(digests()).toEqual(["digest_2027-W10"]);
  });

  it("whose dispatch dies before readers moved on is enqueued again, and sent once", async () => {
    await joinDigest();
    await bring("2027-03-03T08:00:00.000Z", "1");
    service.clock.set("2027-03-08T14:00:00.000Z");
    const advance = () => Promise.reject(new Error("died"));
    const dies = {
      ...service.depsOf("dispatch"),
      digests: { ...service.depsOf("dispatch").digests, advance },
    };
    await expect(handler.with(dies)(scheduleEvent)).rejects.toThrow();
    await tick(service);
    await tick(service);
    expect(digests()).toEqual(["digest_2027-W10"]);
  });

  it("is not sent when it is no news any more", async () => {
    await joinDigest();
    await bring("2027-03-03T08:00:00.000Z", "1");
    await tickAt("2027-03-14T13:00:00.000Z");
    expect(digests()).toEqual([]);
    await bring("2027-03-14T13:15:00.000Z", "2");
    await bring("2027-03-16T13:15:00.000Z", "3");
    await tickAt("2027-03-22T13:00:00.000Z");
    await tick(service);
    expect(digests()).toEqual(["digest_2027-W12"]);
  });
});
