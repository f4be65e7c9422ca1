import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPackets } from "../../../core/delivery/open-packets.ts";
import { startDigest } from "../../../core/digest/start-digest.ts";
import { changeSubscriber } from "../../../core/subscriber/change.ts";
import { suppress } from "../../../core/subscriber/suppress.ts";
import { handler as dispatch } from "../../../functions/schedule/dispatch.ts";
import { scheduleEvent } from "../../helpers/events.ts";
import { progressOf, progressToken } from "../../helpers/progress.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { settingsOf } from "../../helpers/settings.ts";
import { join, received, sendAll, tick } from "../../helpers/walk.ts";

const monday7 = "2027-03-01T12:00:00.000Z"; // in New York

let service: TestService;
beforeAll(async () => {
  service = await startService({ at: monday7 });
});
afterAll(() => service.stop());

/** Someone on the course and on the digest, with one date. */
async function reader(email: string) {
  service.clock.set(monday7);
  const id = await join(service, email, { digest: "on" });
  const token = await progressToken(service, id);
  await progressOf(service, token).setDate("Exam", "2027-05-01");
  // Whether the digest was joined with the course is not what is tested here.
  await changeSubscriber(service.deps.subscribers, id, (known) => ({
    ...known,
    lists: { ...known.lists, digest: { state: "joined", run: 1, since: monday7 } },
  }));
  const kept = () => service.deps.subscribers.load(id);
  const states = async () =>
    Object.fromEntries(Object.entries((await kept())?.lists ?? {}).map(([list, { state }]) => [list, state]));
  return { id, kept, states, ...settingsOf(service, token) };
}

describe("the topics of the digest", () => {
  it("are all until some are chosen, and all again is no choice", async () => {
    const { open, setTopics, kept } = await reader("topics@example.com");
    const checked = (body: string) =>
      [...body.matchAll(/name="topics" type="checkbox" value="([\w-]+)" checked/g)].map(([, topic]) => topic);
    const { body } = await open();
    expect(checked(String(body))).toHaveLength(5);
    expect(body).toContain("Privacy and release of information");
    const chosen = await setTopics(["careers", "coding", "<b>"]);
    expect(checked(String(chosen.body))).toEqual(["coding", "careers"]);
    expect((await kept())?.topics).toEqual(["coding", "careers"]);
    await setTopics(["coding", "privacy", "regulation", "records-technology", "careers"]);
    expect(await kept()).not.toHaveProperty("topics");
  });

  it("cannot be none, which is what leaving is for", async () => {
    const { setTopics } = await reader("none@example.com");
    const before = await allRows(service);
    const answer = await setTopics([]);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain("Tick at least one topic, or leave the digest below.");
    expect(answer.body).not.toMatch(/name="topics"[^>]* checked/);
    expect(await allRows(service)).toEqual(before);
  });

  it("are asked only of those who read it", async () => {
    const { leave } = await reader("nodigest@example.com");
    expect((await leave("digest")).body).not.toContain('name="topics"');
  });
});

describe("how often the digest comes", () => {
  const all = ["coding", "privacy", "regulation", "records-technology", "careers"];

  it("is every week until the month is chosen, by which the plan moves at once, and back", async () => {
    const { id, open, setTopics, kept } = await reader("often@example.com");
    expect((await open()).body).toContain("It begins when your course is over.");
    const lists = { digest: { state: "joined", run: 1, since: monday7 } } as const;
    const on = await changeSubscriber(service.deps.subscribers, id, (known) => ({ ...known, lists }));
    if (on) await startDigest(service.deps, on, monday7);
    const next = async () =>
      /The next one comes (.*?), if there is news/.exec(String((await open()).body))?.[1];
    expect(await next()).toBe("on Monday, March 8, 2027, at about 9 a.m.");
    const { body } = await setTopics(all, "month");
    expect(body).toContain("Your digest is saved.");
    expect(body).toMatch(/value="month" checked/);
    expect(await kept()).toMatchObject({ digestEvery: "month", todo: {} });
    expect(await service.deps.digests.load(id)).toMatchObject({ since: "2027-W10", edition: "2027-W14" });
    expect(await next()).toBe("on Monday, April 5, 2027, at about 9 a.m.");
    // An older form does not ask.
    await setTopics(["coding"]);
    expect(await kept()).toMatchObject({ digestEvery: "month", topics: ["coding"] });
    await setTopics(all, "week");
    expect(await kept()).not.toHaveProperty("digestEvery");
    expect(await service.deps.digests.load(id)).toMatchObject({ edition: "2027-W10" });
    expect(await next()).toBe("on Monday, March 8, 2027, at about 9 a.m.");
  });

  it("is nothing else", async () => {
    const { setTopics, kept } = await reader("daily@example.com");
    const before = await allRows(service);
    const answer = await setTopics([], "day");
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain("Choose every week or every month.");
    expect(answer.body).toContain("Tick at least one topic");
    expect(await allRows(service)).toEqual(before);
    expect(await kept()).not.toHaveProperty("digestEvery");
  });
});

describe("leaving on the page of one's settings", () => {
  it("names each list, leaves that one alone, twice too, and says how to come back", async () => {
    const { open, leave, states } = await reader("one@example.com");
    const { body } = await open();
    for (const title of ["Three steps", "The digest of news", "Reminders of your dates"])
      expect(body).toContain(`<strong>${title}</strong>`);
    const left = await leave("digest");
    expect(left.body).toContain("You have left “The digest of news”.");
    expect(left.body).toContain('To come back, <a href="/">sign up</a> again');
    expect(await states()).toEqual({ records: "joined", digest: "left", reminders: "joined" });
    const after = await allRows(service);
    await leave("digest");
    expect(await allRows(service)).toEqual(after);
  });

  it("of a list that nobody knows changes nothing", async () => {
    const { leave } = await reader("odd@example.com");
    const before = await allRows(service);
    for (const list of ["", "__proto__", "<script>alert(1)</script>"]) {
      const { statusCode, body } = await leave(list);
      expect(statusCode).toBe(200);
      expect(body).not.toContain("<script>alert");
    }
    expect(await allRows(service)).toEqual(before);
  });

  it("turns everything off at once, twice too", async () => {
    const { leaveAll, states } = await reader("all@example.com");
    const { body } = await leaveAll();
    expect(body).toContain("You are on no list.");
    expect(await states()).toEqual({ records: "left", digest: "left", reminders: "left" });
    const after = await allRows(service);
    await leaveAll();
    expect(await allRows(service)).toEqual(after);
  });

  it("stops every mail that is queued already", async () => {
    const email = "queued@example.com";
    const { id, leaveAll } = await reader(email);
    await tick(service);
    service.clock.set("2027-03-03T14:00:00.000Z");
    await dispatch.with(service.depsOf("dispatch"))(scheduleEvent);
    await openPackets(service.deps, { kind: "digest", edition: "2027-W09" }, [id], {
      plannedAt: service.clock.now(),
    });
    await leaveAll();
    await sendAll(service);
    for (const day of ["04", "10", "24"]) {
      service.clock.set(`2027-04-${day}T14:00:00.000Z`);
      await tick(service);
    }
    expect(received(service, email)).toEqual(["confirm_2027-03-01_1", "course_records_run-1_welcome"]);
  });

  it("brings nobody back: who left signs up and confirms again", async () => {
    const email = "back@example.com";
    const { leaveAll, setPace, pause, setTopics, leave, states } = await reader(email);
    await leaveAll();
    await setPace({ speed: "faster", zone: "Asia/Tokyo" });
    await pause({ weeks: "4" });
    await pause({ resume: "yes" });
    await setTopics(["coding"]);
    await leave("records");
    expect(Object.values(await states())).toEqual(["left", "left", "left"]);
    service.clock.set("2027-03-03T12:00:00.000Z");
    await join(service, email);
    expect(await states()).toMatchObject({ records: "joined", digest: "left", reminders: "left" });
  });
});

describe("the page of one's settings", () => {
  it("opens for someone whom no mail reaches, and for nobody who is gone", async () => {
    const { id, open } = await reader("bounced@example.com");
    await suppress(service.deps, id, "bounce");
    expect((await open()).statusCode).toBe(200);
    const gone = settingsOf(service, await progressToken(service, "sub_gone"));
    for (const answer of [await gone.open(), await gone.setPace(), await gone.leaveAll()])
      expect(answer.statusCode).toBe(404);
  });
});
