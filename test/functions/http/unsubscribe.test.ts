import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handler } from "../../../functions/http/handler.ts";
import { context, formPost, httpEvent } from "../../helpers/events.ts";
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
  ])("as %s answers 200 without a body, and leaves", async (type, body) => {
    const { id, token } = await reader(`${type.length}@example.com`);
    const answer = await run(
      httpEvent({ method: "POST", path: `/unsubscribe/${token}`, headers: { "content-type": type }, body }),
    );
    expect(answer).toMatchObject({ statusCode: 200, body: "" });
    expect(await stateOf(id)).toBe("left");
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
