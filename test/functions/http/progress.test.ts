import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signToken } from "../../../core/token/token.ts";
import { handler } from "../../../functions/http/handler.ts";
import { context, formPost, httpEvent } from "../../helpers/events.ts";
import { progressOf, progressToken } from "../../helpers/progress.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, linkToken, tick } from "../../helpers/walk.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** Someone to whom the welcome was sent. */
async function learner(email: string) {
  service.clock.set("2027-03-01T12:00:00.000Z");
  const id = await join(service, email, { name: "Ada" });
  await tick(service);
  const token = await progressToken(service, id);
  const done = async () => (await service.deps.enrolments.loadMany(id, ["records"]))[0]?.done;
  return { id, token, done, ...progressOf(service, token) };
}

describe("GET /progress/{token}", () => {
  it("shows what was sent, what is next and what comes later, and changes nothing", async () => {
    const { open } = await learner("show@example.com");
    const before = await allRows(service);
    const { statusCode, headers, body } = await open();
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ "cache-control": "no-store", "referrer-policy": "no-referrer" });
    expect(body).toContain("Hello Ada");
    expect(statesIn(body)).toEqual(["sent", "next", "later", "later"]);
    expect(body).toContain("Sent on March 1, 2027.");
    expect(await allRows(service)).toEqual(before);
  });

  it("tells a step whose outcome is unknown, and lets it be marked", async () => {
    const { id, open, markDone, done } = await learner("unknown@example.com");
    const mailing = "course_records_run-1_school";
    const claim = { mailing, owner: "pkt.1", attempt: 1, claimedAt: service.clock.now() };
    await service.deps.deliveries.claimMany(claim, [id]);
    expect((await markDone("school")).statusCode).toBe(409);
    await service.deps.deliveries.settleMany(
      claim,
      [[id, { state: "unknown", reason: "timeout", dueAt: "2027-03-01T12:15:00.000Z" }]],
      service.clock.now(),
    );
    expect(statesIn((await open()).body)).toEqual(["sent", "unknown", "next", "later"]);
    expect((await markDone("school")).statusCode).toBe(200);
    expect(await done()).toEqual({ school: "2027-03-01T12:00:00.000Z" });
  });

  it("shows no course to someone who left it", async () => {
    const { open } = await learner("left@example.com");
    const unsubscribe = await linkToken(service, "left@example.com", "unsubscribe");
    await handler.with(service.depsOf("http"))(formPost("/unsubscribe", { token: unsubscribe }), context);
    expect((await open()).body).toContain("You are on no course now");
  });
});

describe("POST /progress", () => {
  it("marks a step that was sent, keeps the first instant, and the course goes on", async () => {
    const { done, markDone, open } = await learner("done@example.com");
    expect((await markDone("welcome")).body).toContain("“welcome” is done.");
    expect(statesIn((await open()).body)).toEqual(["done", "next", "later", "later"]);
    service.clock.set("2027-03-03T14:00:00.000Z");
    await tick(service);
    expect((await markDone("welcome")).statusCode).toBe(200);
    expect(await done()).toEqual({ welcome: "2027-03-01T12:00:00.000Z" });
    const { body } = await open();
    expect(statesIn(body)).toEqual(["done", "sent", "next", "later"]);
    expect(body).toContain("Done on March 1, 2027.");
  });

  it.each([
    ["a step that is still to come", "school", "records"],
    ["a step that is none", "flying", "records"],
    ["a step of another course", "welcome", "flying"],
    ["a prototype's name", "constructor", "__proto__"],
    ["nothing", "", ""],
  ])("does not mark %s", async (_, step, course) => {
    const { id, done, markDone } = await learner(`not-${step}-${course}@example.com`);
    const answer = await markDone(step, course);
    expect(answer.statusCode).toBe(409);
    expect(answer.body).toContain("has not come to you yet");
    expect([id, await done()]).toEqual([id, {}]);
  });

  it("of one reader marks nothing of another's", async () => {
    const [one, other] = [await learner("one@example.com"), await learner("other@example.com")];
    await one.markDone("welcome");
    expect(await other.done()).toEqual({});
  });
});

describe("a progress link that is not good", () => {
  it.each<[string, (token: string, id: string) => Promise<string> | string]>([
    ["cut short", (token) => token.slice(0, -1)],
    ["forged", () => "k1.sub_1.all..AAAAAAAAAAAAAAAAAAAAAA"],
    ["missing", () => "x"],
    [
      "made for unsubscribing",
      async (_, subscriberId) =>
        signToken(await service.deps.keys.ring(), { purpose: "unsubscribe", subscriberId, list: "all" }),
    ],
    ["of somebody else's name", (token, id) => token.replace(id, "sub_other")],
  ])("%s opens nothing and changes nothing", async (_, change) => {
    const { id, token } = await learner("forged@example.com");
    const before = await allRows(service);
    const bad = progressOf(service, await change(token, id));
    const answers = [
      await bad.open(),
      await bad.markDone("welcome"),
      await bad.setDate("Exam", "2027-05-01"),
      await bad.openDates(),
      await bad.openDates("/all.ics"),
      await bad.finishDate("abc", "2027-05-01"),
      await bad.removeDate("abc"),
      await bad.logHours("1"),
      await bad.removeHours("abc"),
    ];
    for (const { statusCode, body } of answers) {
      expect(statusCode).toBe(403);
      expect(body).toContain("This link is not complete");
    }
    expect(await allRows(service)).toEqual(before);
  });

  it("of somebody whose data is gone says so", async () => {
    const gone = progressOf(service, await progressToken(service, "sub_erased"));
    expect((await gone.open()).statusCode).toBe(404);
    expect((await gone.markDone("welcome")).statusCode).toBe(404);
    expect((await gone.setDate("Exam", "2027-05-01")).statusCode).toBe(404);
  });

  it("in a POST without a body is refused", async () => {
    const answer = await handler.with(service.depsOf("http"))(
      httpEvent({ method: "POST", path: "/progress" }),
      context,
    );
    expect(answer.statusCode).toBe(403);
  });
});

/** States of the steps, as the page marks them. */
function statesIn(page: string): string[] {
  return [...page.matchAll(/<li class="(\w+)">/g)].map(([, state]) => state ?? "");
}
