import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Deps } from "../../../adapters/connect.ts";
import { openForm } from "../../../core/guard/form-time.ts";
import { addHours, addMinutes } from "../../../core/time/instant.ts";
import { signToken } from "../../../core/token/token.ts";
import { logger } from "../../../functions/edge/logger.ts";
import { handler } from "../../../functions/http/handler.ts";
import { context, formPost, httpEvent } from "../../helpers/events.ts";
import { openedForm } from "../../helpers/opened-form.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { received, sendAll } from "../../helpers/walk.ts";

const start = "2027-03-01T12:00:00.000Z";
let service: TestService;
beforeAll(async () => {
  service = await startService({ at: start });
});
afterEach(() => {
  service.clock.set(start);
  vi.restoreAllMocks();
});
afterAll(() => service.stop());

let networks = 0;
const anyNetwork = () => `203.${networks++}.113.9`;
const post = (fields: Record<string, string>, from = anyNetwork(), deps: Partial<Deps> = {}) =>
  handler.with({ ...service.depsOf("http"), ...deps })(formPost("/signup", fields, { from }), context);
const postJson = (fields: object, from = anyNetwork()) =>
  handler.with(service.depsOf("http"))(
    httpEvent({
      method: "POST",
      path: "/signup",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fields),
      from,
    }),
    context,
  );
const openedAt = async (at: string) => openForm(await service.deps.keys.ring(), "form", at);

/** What the first form of a page, or the one with that button, would post. */
function fieldsOf(page: string, button = ""): Record<string, string> {
  const form = page.split("<form ").find((part) => part.includes('method="post"') && part.includes(button));
  const inputs = (form ?? "").matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
  return Object.fromEntries([...inputs].map(([, name, value]) => [name, value]));
}

describe("a robot that fills in what people do not see", () => {
  it.each([
    ["a form", post],
    ["JSON", postJson],
  ] as const)("is answered as everybody is, and nothing is done: %s", async (kind, send) => {
    const started = await openedForm(service);
    const answer = await send({ started, email: `person-${kind.length}@example.com` });
    const before = await allRows(service);
    const trapped = await send({ started, email: "robot@example.com", reference: "http://spam.example" });
    expect([trapped.statusCode, trapped.body]).toEqual([answer.statusCode, answer.body]);
    expect(await allRows(service)).toEqual(before);
    await sendAll(service);
    expect(received(service, "robot@example.com")).toEqual([]);
  });

  it.each<{ reference: unknown }>(
    [{}, { toString: 0 }, [], ["x"], 0, false].map((reference) => ({ reference })),
  )("may put anything into it: %j", async ({ reference }) => {
    const answer = await postJson({ email: "robot@example.com", reference });
    expect([answer.statusCode, answer.body]).toEqual([202, '{"status":"check-inbox"}']);
  });
});

describe("how long a form was open", () => {
  it.each([
    ["two seconds", addMinutes(start, -2 / 60), 202],
    ["a moment less", addMinutes(start, -1.999 / 60), 200],
    ["just under a day", addMinutes(addHours(start, -24), 1 / 60), 202],
    ["a day", addHours(start, -24), 200],
    ["no time yet: it opens in the future", addMinutes(start, 1), 200],
  ])("%s", async (_, at, status) => {
    const answer = await post({ started: await openedAt(at), email: "timed@example.com" });
    expect(answer.statusCode).toBe(status);
  });

  it("is shown by a token of this form and of no other kind", async () => {
    const ring = await service.deps.keys.ring();
    const other = await openedForm(service, "shop");
    const unsubscribe = signToken(ring, { purpose: "unsubscribe", subscriberId: "form", list: "form" });
    const before = await allRows(service);
    for (const started of ["", "nonsense", other, unsubscribe]) {
      const answer = await post({ ...(started && { started }), email: "none@example.com" });
      expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining("One more press")]);
    }
    expect(await allRows(service)).toEqual(before);
  });

  it("makes people press once more, with all that they entered kept", async () => {
    const entered = { email: "plain@example.com", name: "Zoë", zone: "Asia/Kolkata", digest: "on" };
    const page = await post(entered);
    const fields = fieldsOf(page.body);
    expect(fields).toEqual({ ...entered, started: expect.stringMatching(/^k1\.form\.form\./) });
    expect((await post(fields)).body).toContain("One more press");
    service.clock.pass(2);
    expect((await post(fields)).statusCode).toBe(202);
    await sendAll(service);
    const { subscriber = "" } = service.ses.mails().at(-1)?.tags ?? {};
    expect(await service.deps.subscribers.load(subscriber)).toMatchObject({
      address: "plain@example.com",
      zone: "Asia/Kolkata",
      lists: { records: { state: "wanted" }, digest: { state: "wanted" } },
    });
  });

  it("is asked of programs, too, which are told how", async () => {
    const answer = await postJson({ email: "program@example.com" });
    expect(answer.statusCode).toBe(422);
    expect(JSON.parse(answer.body)).toEqual({
      code: "signup.not-started",
      message: expect.stringContaining("/signup/start"),
    });
    const opened = await handler.with(service.depsOf("http"))(httpEvent({ path: "/signup/start" }), context);
    expect(opened.headers?.["cache-control"]).toBe("no-store");
    service.clock.pass(2);
    const { started } = JSON.parse(opened.body);
    expect((await postJson({ started, email: "program@example.com" })).statusCode).toBe(202);
  });

  it("begins when the page is shown, though that may be cached for five minutes", async () => {
    const page = await handler.with(service.depsOf("http"))(httpEvent({ path: "/" }), context);
    expect(page.headers?.["cache-control"]).toBe("public, max-age=300");
    const { started = "" } = fieldsOf(page.body);
    service.clock.pass(300);
    expect((await post({ started, email: "cached@example.com" })).statusCode).toBe(202);
  });
});

describe("signups of one network", () => {
  const signUpFrom = async (network: string, host: number, deps: Partial<Deps> = {}) =>
    post({ started: await openedForm(service), email: `n${host}@example.com` }, `${network}.${host}`, deps);

  it("are twenty in an hour and sixty in a day, and say when to come back", async () => {
    const outcomes: number[] = [];
    for (let hour = 0; hour < 5; hour++) {
      for (let n = 0; n < 21; n++) outcomes.push((await signUpFrom("198.51.100", n)).statusCode);
      service.clock.set(addHours(start, hour + 1));
    }
    const taken = (hour: number) => outcomes.slice(hour * 21, hour * 21 + 21).filter((s) => s === 202).length;
    expect([0, 1, 2, 3, 4].map(taken)).toEqual([20, 20, 20, 0, 0]);
    const refused = await signUpFrom("198.51.100", 1);
    expect(refused.statusCode).toBe(429);
    // Until midnight UTC, from five in the afternoon.
    expect(refused.headers?.["retry-after"]).toBe(String(7 * 3600));
    expect(refused.body).toContain("Please try again in 420 minutes.");
    expect((await signUpFrom("198.51.101", 1)).statusCode).toBe(202);
    service.clock.set(addHours(start, 12));
    expect((await signUpFrom("198.51.100", 1)).statusCode).toBe(202);
  });

  it("tell a program the same", async () => {
    const none = { isSpent: () => true, take: async () => false };
    const event = httpEvent({
      method: "POST",
      path: "/signup",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ started: await openedForm(service), email: "a@example.com" }),
    });
    const answer = await handler.with({ ...service.depsOf("http"), limits: none })(event, context);
    expect([answer.statusCode, JSON.parse(answer.body).code]).toEqual([429, "signup.too-many"]);
  });

  it("are counted for a /64 of IPv6", async () => {
    for (let n = 0; n < 20; n++)
      await post({ started: await openedForm(service), email: `s${n}@example.com` }, `2001:db8:1:2:${n}::1`);
    const started = await openedForm(service);
    expect((await post({ started, email: "s@example.com" }, "2001:db8:1:2:ffff::1")).statusCode).toBe(429);
    expect((await post({ started, email: "s@example.com" }, "2001:db8:1:3::1")).statusCode).toBe(202);
  });

  it("are counted for a /56 of IPv6 as well, sixty an hour", async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 62; n++) {
      const started = await openedForm(service);
      const from = `2001:db8:7:1${n.toString(16).padStart(2, "0")}::1`;
      statuses.push((await post({ started, email: `w${n}@example.com` }, from)).statusCode);
    }
    expect(statuses).toEqual([...Array(60).fill(202), 429, 429]);
    const started = await openedForm(service);
    expect((await post({ started, email: "w@example.com" }, "2001:db8:7:200::1")).statusCode).toBe(202);
  });

  it("cost nothing once they are refused: not one row is read or written", async () => {
    for (let n = 0; n < 21; n++) await signUpFrom("192.0.100", n);
    const touched = async () => {
      throw new Error("A row was asked for");
    };
    const { limits, addresses, sources } = service.depsOf("http");
    const untouchable = {
      limits: { ...limits, take: touched },
      addresses: { ...addresses, claim: touched },
      sources: { ...sources, load: touched },
    };
    const rows = await allRows(service);
    expect((await signUpFrom("192.0.100", 1, untouchable)).statusCode).toBe(429);
    expect(await allRows(service)).toEqual(rows);
  });
});

describe("all open doors together", () => {
  it("take no more than their limit, and say when to come back", async () => {
    const limits = { isSpent: () => false, take: async (name: string) => name !== "all" };
    const started = await openedForm(service);
    const answer = await post({ started, email: "late@example.com" }, anyNetwork(), { limits });
    expect([answer.statusCode, answer.headers?.["retry-after"]]).toEqual([429, "3600"]);
    await sendAll(service);
    expect(received(service, "late@example.com")).toEqual([]);
  });

  it("are not used up by what is no signup", async () => {
    const { limits } = service.depsOf("http");
    const taken: string[] = [];
    const counted: Deps["limits"] = {
      ...limits,
      take: (name, ...rest) => {
        taken.push(name);
        return limits.take(name, ...rest);
      },
    };
    const started = await openedForm(service);
    for (const fields of [
      { email: "nobody" },
      { email: "a@mailinator.com" },
      { email: "a@b.example", zone: "x" },
    ])
      expect((await post({ started, ...fields }, anyNetwork(), { limits: counted })).statusCode).toBe(422);
    expect(taken).not.toContain("all");
    await post({ started, email: "counted@example.com" }, anyNetwork(), { limits: counted });
    expect(taken).toContain("all");
  });

  it("cost no row of a new network once they are spent", async () => {
    const { limits } = service.depsOf("http");
    const spent: Deps["limits"] = { ...limits, isSpent: (name) => name === "all" };
    const before = await allRows(service);
    const started = await openedForm(service);
    const answer = await post({ started, email: "late@example.com" }, anyNetwork(), { limits: spent });
    expect([answer.statusCode, answer.headers?.["retry-after"]]).toEqual([429, "3600"]);
    expect(await allRows(service)).toEqual(before);
  });
});

describe("one mailbox, however its address is spelled", () => {
  const spelled = (n: number) =>
    [`flood+${n}@gmail.com`, `f.lood+${n}@googlemail.com`, `Floo.d+x${n}@GMAIL.com`][n % 3] ?? "";
  const mails = () =>
    service.ses.mails().filter(({ to }) => to.some((address) => /^f[.lo]+d\+/i.test(address))).length;

  it("gets three confirmations a day and six in thirty days, and the answer is the same", async () => {
    const answers = new Set<string>();
    const counts: number[] = [];
    // Thirty days, counted from the epoch, begin on the third of March.
    for (let day = 0; day < 4; day++) {
      service.clock.set(addHours(start, 24 * (day + 2)));
      for (let n = 0; n < 12; n++) {
        const started = await openedForm(service);
        const answer = await post({ started, email: spelled(12 * day + n) });
        answers.add(`${answer.statusCode} ${answer.body}`);
      }
      await sendAll(service);
      counts.push(mails());
    }
    expect(counts).toEqual([3, 6, 6, 6]);
    expect(answers.size).toBe(1);
  });

  it("is written nothing for once that is spent", async () => {
    const rows = async () =>
      (await allRows(service)).filter(({ pk }) => !String(pk).startsWith("LIMIT#network"));
    for (let n = 0; n < 3; n++)
      await post({ started: await openedForm(service), email: `full+${n}@example.com` });
    const others = async () => (await rows()).filter(({ pk }) => !String(pk).startsWith("LIMIT#all"));
    const before = await others();
    expect((await post({ started: await openedForm(service), email: "full@example.com" })).statusCode).toBe(
      202,
    );
    expect(await others()).toEqual(before);
  });

  it("counts what sends a mail: lists are added to an open request all the same", async () => {
    for (let n = 0; n < 5; n++)
      await post({ started: await openedForm(service), email: "often@example.com" });
    await post({ started: await openedForm(service), email: "often@example.com", digest: "on" });
    await sendAll(service);
    const { subscriber = "" } =
      service.ses.mails().findLast(({ to }) => to.includes("often@example.com"))?.tags ?? {};
    expect((await service.deps.subscribers.load(subscriber))?.lists.digest?.state).toBe("wanted");
    await post({ started: await openedForm(service), email: "often+1@example.com" });
    await sendAll(service);
    expect(received(service, "often+1@example.com")).toHaveLength(1);
  });

  it("tells dots apart where they are another's mailbox", async () => {
    for (const email of ["a.b.c@example.com", "ab.c@example.com", "a.bc@example.com", "abc@example.com"])
      await post({ started: await openedForm(service), email });
    await sendAll(service);
    expect(received(service, "abc@example.com")).toHaveLength(1);
  });
});

describe("an address that looks mistyped", () => {
  const entered = { email: "ada@gmial.com", name: "Ada", zone: "Europe/London", reminders: "on" };

  it("is asked about before anything is stored, and the suggestion goes on with all that was entered", async () => {
    const page = await post({ started: await openedForm(service), ...entered });
    expect([page.statusCode, page.body]).toEqual([
      422,
      expect.stringContaining("<h1>Did you mean ada@gmail.com?</h1>"),
    ]);
    expect((await allRows(service)).filter(({ name }) => name === "Ada")).toEqual([]);
    const fields = fieldsOf(page.body, "Yes, use ada@gmail.com");
    expect(fields).toMatchObject({ ...entered, email: "ada@gmail.com" });
    expect((await post(fields)).statusCode).toBe(202);
    await sendAll(service);
    expect(received(service, "ada@gmail.com")).toHaveLength(1);
  });

  it("is taken as it is by who says so", async () => {
    const page = await post({ started: await openedForm(service), ...entered, email: "bob@outlok.com" });
    expect((await post(fieldsOf(page.body, "No, it is right"))).statusCode).toBe(202);
    await sendAll(service);
    expect(received(service, "bob@outlok.com")).toHaveLength(1);
  });

  it("is told to programs with the suggestion", async () => {
    const started = await openedForm(service);
    const answer = await postJson({ started, email: "cy@gmail.con" });
    expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([
      422,
      {
        code: "signup.mistyped",
        message: expect.stringContaining("asTyped"),
        suggestion: "cy@gmail.com",
      },
    ]);
    expect((await postJson({ started, email: "cy@gmail.con", asTyped: true })).statusCode).toBe(202);
  });
});

describe("an address that is thrown away after minutes", () => {
  it.each(["ada@mailinator.com", "ada@sub.mailinator.com"])("is not taken: %s", async (email) => {
    const started = await openedForm(service);
    const page = await post({ started, email });
    expect([page.statusCode, page.body]).toEqual([
      422,
      expect.stringContaining("Use an address that you keep"),
    ]);
    const answer = await postJson({ started, email });
    expect(JSON.parse(answer.body).fields.email).toContain("Use an address that you keep");
  });
});

it("refusals are counted in the log, without an address", async () => {
  const lines: unknown[] = [];
  vi.spyOn(logger, "warn").mockImplementation((...line) => void lines.push(line));
  const started = await openedForm(service);
  await post({ email: "secret@example.com" });
  await post({ started, email: "secret@example.com", reference: "x" });
  await post({ started, email: "secret@gmial.com" });
  await post({ started, email: "secret@mailinator.com" });
  expect(lines).toEqual(
    ["not-started", "trapped", "mistyped", "invalid"].map((code) => [
      "a signup was refused",
      { code: `signup.${code}` },
    ]),
  );
});
