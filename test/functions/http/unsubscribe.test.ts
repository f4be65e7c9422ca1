import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signToken } from "../../../core/token/token.ts";
import { handler } from "../../../functions/http/handler.ts";
import { context, formPost, httpEvent } from "../../helpers/events.ts";
import { rotateKeys } from "../../helpers/rotate-keys.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, linkToken, newestMail, received, signUp, tick } from "../../helpers/walk.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const run = (event: Parameters<ReturnType<typeof handler.with>>[0]) =>
  handler.with(service.depsOf("http"))(event, context);

/** Someone who has the welcome mail in hand. */
async function reader(email: string): Promise<{ id: string; token: string }> {
  const id = await join(service, email);
  await tick(service);
  return { id, token: await linkToken(service, email, "unsubscribe") };
}

async function stateOf(id: string): Promise<string | undefined> {
  return (await service.deps.subscribers.load(id))?.lists.records?.state;
}

describe("one-click unsubscribe (RFC 8058)", () => {
  it("is offered by the headers of every course mail, for web and mail", async () => {
    await reader("headers@example.com");
    const mail = await newestMail(service, "headers@example.com");
    const lines = mail.headerLines.map(({ line }) => line.replace(/\r\n\s+/g, " "));
    const offer = lines.find((line) => line.startsWith("List-Unsubscribe:"));
    expect(offer).toMatch(
      /^List-Unsubscribe: <https:\/\/steps\.example\/unsubscribe\/[\w.-]+>, <mailto:leave@stepletter\.example\?subject=unsubscribe%20[\w.-]+>$/,
    );
    expect(lines).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    expect(lines).toContain("List-Id: <records.stepletter.example>");
  });

  it.each([
    ["application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"],
    [
      "multipart/form-data; boundary=b",
      '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
    ],
    ["text/plain", ""],
    ["multipart/form-data", "List-Unsubscribe=One-Click"],
  ])("as %s answers 200 without a body, and leaves", async (type, body) => {
    const { id, token } = await reader(`${type.length}@example.com`);
    const answer = await run(
      httpEvent({ method: "POST", path: `/unsubscribe/${token}`, headers: { "content-type": type }, body }),
    );
    expect(answer).toMatchObject({ statusCode: 200, body: "" });
    expect(await stateOf(id)).toBe("left");
  });

  it("with a key that was made since this function read the keys leaves, at any other page too", async () => {
    const { id } = await reader("rotated@example.com");
    expect((await run(httpEvent({ method: "POST", path: "/unsubscribe/k1.x.y..z" }))).statusCode).toBe(403);
    const ring = await rotateKeys(service);
    const { addressHash = "" } = (await service.deps.subscribers.load(id)) ?? {};
    const of = (purpose: "unsubscribe" | "progress" | "account", list = "records") =>
      signToken(ring, { purpose, subscriberId: id, list });
    service.clock.pass(31);
    const answer = await run(httpEvent({ method: "POST", path: `/unsubscribe/${of("unsubscribe")}` }));
    expect(answer.statusCode).toBe(200);
    expect(await stateOf(id)).toBe("left");
    for (const path of [`/progress/${of("progress")}/settings`, `/account/${of("account", addressHash)}`])
      expect((await run(httpEvent({ path }))).statusCode).toBe(200);
  });

  it("twice, and years later, answers the same", async () => {
    const { token } = await reader("twice@example.com");
    const event = httpEvent({
      method: "POST",
      path: `/unsubscribe/${token}`,
      body: "List-Unsubscribe=One-Click",
    });
    const first = await run(event);
    service.clock.set("2031-03-01T12:00:00.000Z");
    expect(await run(event)).toEqual(first);
    service.clock.set("2027-03-01T12:00:00.000Z");
  });
});

describe("the unsubscribe page", () => {
  it("names the course and changes nothing by being opened", async () => {
    const { id, token } = await reader("page@example.com");
    const page = await run(httpEvent({ path: `/unsubscribe/${token}` }));
    expect(page.body).toContain("Three steps");
    expect(await stateOf(id)).toBe("joined");
    const answer = await run(formPost("/unsubscribe", { token }));
    expect(answer.body).toContain("You are unsubscribed");
    expect(await stateOf(id)).toBe("left");
  });

  it.each(["GET", "POST"])("refuses a forged token by %s", async (method) => {
    const before = await allRows(service);
    const answer = await run(
      httpEvent({ method, path: "/unsubscribe/k1.sub_1.records..AAAAAAAAAAAAAAAAAAAAAA" }),
    );
    expect(answer.statusCode).toBe(403);
    expect(await allRows(service)).toEqual(before);
  });

  it("refuses a form without a token", async () => {
    expect((await run(formPost("/unsubscribe", {}))).statusCode).toBe(403);
  });

  it("a confirm token unsubscribes nobody", async () => {
    await signUp(service, "confirm@example.com");
    const token = await linkToken(service, "confirm@example.com", "confirm");
    expect((await run(formPost("/unsubscribe", { token }))).statusCode).toBe(403);
  });
});

describe("the page in place of leaving", () => {
  const listsOf = async (id: string) => (await service.deps.subscribers.load(id))?.lists;

  it("takes a reason with the leaving, or after it, and asks no more once it was given", async () => {
    const { id, token } = await reader("why@example.com");
    const left = await run(formPost("/unsubscribe", { token, reason: "too-many" }));
    expect(left.body).toContain("Thank you for telling us why.");
    expect((await listsOf(id))?.records).toMatchObject({ state: "left", reason: "too-many" });
    const before = await allRows(service);
    await run(formPost("/unsubscribe", { token }));
    await run(formPost("/unsubscribe/reason", { token, reason: "<b>" }));
    expect(await allRows(service)).toEqual(before);
    await run(formPost("/unsubscribe/reason", { token, reason: "other" }));
    expect((await listsOf(id))?.records).toMatchObject({ state: "left", reason: "other" });
  });

  it("leaves nobody by a reason alone", async () => {
    const { token } = await reader("only-why@example.com");
    const before = await allRows(service);
    expect((await run(formPost("/unsubscribe/reason", { token, reason: "other" }))).statusCode).toBe(200);
    expect(await allRows(service)).toEqual(before);
  });

  it("leaves everything, twice too", async () => {
    const { id, token } = await reader("everything@example.com");
    const known = await service.deps.subscribers.load(id);
    const reminders = { state: "joined", run: 1, since: service.clock.now() } as const;
    if (known) await service.deps.subscribers.replace({ ...known, lists: { ...known.lists, reminders } });
    const answer = await run(formPost("/unsubscribe/all", { token }));
    expect(answer.body).toContain("You have left all lists of Stepletter.");
    expect(await listsOf(id)).toMatchObject({ records: { state: "left" }, reminders: { state: "left" } });
    const before = await allRows(service);
    await run(formPost("/unsubscribe/all", { token }));
    expect(await allRows(service)).toEqual(before);
  });

  it("pauses, shows what is wrong with a day, and resumes", async () => {
    const { id, token } = await reader("pause@example.com");
    const kept = async () => (await service.deps.subscribers.load(id))?.rhythm;
    const wrong = await run(formPost("/unsubscribe/pause", { token, until: "2020-01-01" }));
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain("Enter a day after today");
    expect(wrong.body).toContain('value="2020-01-01"');
    const paused = await run(formPost("/unsubscribe/pause", { token, weeks: "4" }));
    expect(paused.body).toContain("wait until March 29, 2027");
    expect(await kept()).toEqual({ pausedUntil: "2027-03-29T04:00:00.000Z" });
    expect(await stateOf(id)).toBe("joined");
    const resumed = await run(formPost("/unsubscribe/pause", { token, resume: "yes" }));
    expect(resumed.body).toContain("Your mails go on");
    expect(await kept()).toBeUndefined();
  });

  it.each(["/unsubscribe/all", "/unsubscribe/reason", "/unsubscribe/pause"])(
    "does nothing at %s for a forged token, or one of another purpose",
    async (path) => {
      const { id } = await reader(`forged${path.replaceAll("/", "-")}@example.com`);
      const before = await allRows(service);
      const claims = { purpose: "progress", subscriberId: id, list: "all" } as const;
      const progress = signToken(await service.deps.keys.ring(), claims);
      for (const token of ["", progress]) {
        const answer = await run(formPost(path, { token, reason: "other", weeks: "4" }));
        expect(answer.statusCode).toBe(403);
      }
      expect(await allRows(service)).toEqual(before);
    },
  );

  it("lets someone leave by an old link after a change of address, and pause nobody who is gone", async () => {
    const { id, token } = await reader("before@example.com");
    const known = await service.deps.subscribers.load(id);
    if (known)
      await service.deps.subscribers.replace({ ...known, address: "after@example.com", addressHash: "new" });
    await run(formPost("/unsubscribe", { token }));
    expect(await stateOf(id)).toBe("left");
    const claims = { purpose: "unsubscribe", subscriberId: "sub_gone", list: "records" } as const;
    const ofNobody = signToken(await service.deps.keys.ring(), claims);
    expect((await run(httpEvent({ path: `/unsubscribe/${ofNobody}` }))).statusCode).toBe(200);
    expect((await run(formPost("/unsubscribe", { token: ofNobody }))).statusCode).toBe(200);
    expect((await run(formPost("/unsubscribe/pause", { token: ofNobody, weeks: "4" }))).statusCode).toBe(404);
  });
});

describe("whoever left", () => {
  it("gets no further step, and comes back by the normal way as a new run", async () => {
    const { token } = await reader("back@example.com");
    await run(formPost("/unsubscribe", { token }));
    service.clock.set("2027-03-03T15:00:00.000Z");
    await tick(service);
    expect(received(service, "back@example.com")).toHaveLength(2);
    await join(service, "back@example.com");
    await tick(service);
    expect(received(service, "back@example.com").slice(2)).toEqual([
      "confirm_2027-03-03_1",
      "course_records_run-2_welcome",
    ]);
    service.clock.set("2027-03-01T12:00:00.000Z");
  });
});
