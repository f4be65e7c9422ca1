import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AppError } from "../../../core/errors.ts";
import { suppress } from "../../../core/subscriber/suppress.ts";
import { handler } from "../../../functions/http/handler.ts";
import { context, formPost, httpEvent } from "../../helpers/events.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, linkToken, received, signUp, tick } from "../../helpers/walk.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const post = (token: string) =>
  handler.with(service.depsOf("http"))(formPost("/confirm", { token }), context);
const get = (token: string) =>
  handler.with(service.depsOf("http"))(httpEvent({ path: `/confirm/${token}` }), context);

describe("the link of the confirmation mail", () => {
  it("shows a button and changes nothing, however often it is opened", async () => {
    await signUp(service, "scan@example.com");
    const token = await linkToken(service, "scan@example.com", "confirm");
    const before = await allRows(service);
    for (let visit = 0; visit < 3; visit++)
      expect((await get(token)).body).toContain('<form method="post" action="/confirm">');
    expect(await allRows(service)).toEqual(before);
    expect((await post(token)).body).toContain("You are on the list");
  });

  it("may not be kept by anyone on the way", async () => {
    await signUp(service, "headers@example.com");
    const answer = await get(await linkToken(service, "headers@example.com", "confirm"));
    expect(answer.headers).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
  });
});

describe("POST /confirm", () => {
  it("starts the course, keeps the evidence, and the welcome goes with the next minute", async () => {
    const id = await join(service, "join@example.com");
    const person = await service.deps.subscribers.load(id);
    expect(person).toMatchObject({
      lists: { records: { state: "joined", run: 1 } },
      consent: {
        source: "form",
        network: "192.0.2.7",
        confirmedFrom: "192.0.2.7",
        confirmedAt: service.clock.now(),
      },
    });
    expect(person?.todo).toEqual({});
    await tick(service);
    expect(received(service, "join@example.com")).toEqual([
      "confirm_2027-03-01_1",
      "course_records_run-1_welcome",
    ]);
  });

  it("twice is harmless", async () => {
    await join(service, "again@example.com");
    const mails = service.ses.mails().filter(({ to }) => to.includes("again@example.com"));
    const token = await linkToken(service, "again@example.com", "confirm");
    const before = await allRows(service);
    expect((await post(token)).statusCode).toBe(200);
    expect(await allRows(service)).toEqual(before);
    expect(mails).toHaveLength(1);
  });

  it("after the enrolment failed is made good by dispatch", async () => {
    const id = await signUp(service, "crash@example.com");
    const token = await linkToken(service, "crash@example.com", "confirm");
    const start = () => Promise.reject(new AppError("unavailable", "dynamodb.unavailable", "died"));
    const dies = { ...service.depsOf("http"), enrolments: { ...service.depsOf("http").enrolments, start } };
    const answer = await handler.with(dies)(formPost("/confirm", { token }), context);
    expect(answer.body).toContain("You are on the list");
    expect((await service.deps.subscribers.load(id))?.todo).toEqual({ enrol: service.clock.now() });
    await tick(service);
    await tick(service);
    expect(received(service, "crash@example.com")).toContain("course_records_run-1_welcome");
  });

  it("does nothing for someone whose mail bounced meanwhile", async () => {
    const id = await signUp(service, "gone@example.com");
    const token = await linkToken(service, "gone@example.com", "confirm");
    await suppress(service.deps, id, "bounce");
    expect((await post(token)).statusCode).toBe(409);
  });

  it.each(["", "x", "k1.sub_1.all.zzz.tooshort", "../../etc/passwd", "k1.sub_1.all..AAAAAAAAAAAAAAAAAAAAAA"])(
    "refuses the forged token %j",
    async (token) => {
      const before = await allRows(service);
      const answer = await post(token);
      expect(answer.statusCode).toBe(403);
      expect(answer.body).toContain("This link is not complete");
      expect(await allRows(service)).toEqual(before);
    },
  );

  it("refuses a token cut short, and one made for unsubscribing", async () => {
    await join(service, "other@example.com");
    await tick(service);
    const unsubscribe = await linkToken(service, "other@example.com", "unsubscribe");
    expect((await post(unsubscribe)).statusCode).toBe(403);
    await signUp(service, "cut@example.com");
    const token = await linkToken(service, "cut@example.com", "confirm");
    expect((await post(token.slice(0, -1))).statusCode).toBe(403);
  });
});
