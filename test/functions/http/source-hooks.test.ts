import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Deps } from "../../../adapters/connect.ts";
import { dynamoSourceCalls } from "../../../adapters/dynamodb/source-calls.ts";
import { AppError } from "../../../core/errors.ts";
import { type PresetName, presets } from "../../../core/source/presets.ts";
import type { Source } from "../../../core/source/source.ts";
import { addHours, addMinutes } from "../../../core/time/instant.ts";
import { signHmac } from "../../../core/webhook/check-hmac.ts";
import { handler } from "../../../functions/http/handler.ts";
import { context, httpEvent } from "../../helpers/events.ts";
import { allRows, tableOf } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { sendAll } from "../../helpers/walk.ts";

const start = "2027-03-01T12:00:00.000Z";
let service: TestService;
let operator: ReturnType<typeof tableOf>;
let secrets: Record<string, string[]>;
beforeAll(async () => {
  service = await startService({ at: start });
  operator = tableOf(service);
  secrets = (await service.deps.keys.ring()).webhooks ?? {};
  for (const name of ["typeform", "tally"] as const) await make({ name, ...presets[name] });
});
afterEach(() => service.clock.set(start));
afterAll(async () => {
  operator.close();
  await service.stop();
});

function make(source: Pick<Source, "name"> & Partial<Source>) {
  const nowhere = { sites: [], thankYou: [], afterConfirm: [] };
  return service.deps.sources.create({ kind: "hmac", ...nowhere, createdAt: start, ...source });
}

let calls = 0;

const payloads: Record<PresetName, (email: unknown, id: string, at: string) => object> = {
  typeform: (email, event_id, submitted_at) => ({
    event_id,
    event_type: "form_response",
    form_response: { submitted_at, answers: [{ type: "email", email }] },
  }),
  tally: (value, eventId, createdAt) => ({
    eventId,
    eventType: "FORM_RESPONSE",
    createdAt,
    data: { fields: [{ key: "question_1", type: "INPUT_EMAIL", value }] },
  }),
};

interface Sent {
  email?: unknown;
  id?: string;
  at?: string;
  secret?: string;
  /** What somebody on the way makes of the body. */
  change?: (body: string) => string;
}

/** A call as a provider makes it. */
async function post(
  preset: PresetName,
  sent: Sent = {},
  deps: Deps = service.depsOf("http"),
  name: string = preset,
) {
  const { email = "ada@example.com", id = `event-${++calls}`, at = service.clock.now() } = sent;
  const body = JSON.stringify(payloads[preset](email, id, at));
  const { hmac } = presets[preset];
  const signature = signHmac(hmac, sent.secret ?? secrets[name]?.[0] ?? "", { headers: {}, body }) ?? "";
  const headers = { "content-type": "application/json", [hmac.header]: signature };
  const arrived = sent.change?.(body) ?? body;
  const event = httpEvent({ method: "POST", path: `/hooks/${name}`, headers, body: arrived });
  const answer = await handler.with(deps)(event, context);
  return { status: answer.statusCode, body: JSON.parse(answer.body) };
}

const notesOf = (name: string) => dynamoSourceCalls(operator.table).newest(name, 1000);

/** What was sent to an address. */
const mailsTo = (address: string) => service.ses.mails().filter(({ to }) => to.includes(address));

/** Every row but the notes of calls. */
async function rows() {
  return (await allRows(service)).filter(({ pk }) => !String(pk).startsWith("SOURCE#"));
}

describe.each(["typeform", "tally"] as const)("a call of %s", (preset) => {
  it("signs up by double opt-in, and nothing but the confirmation goes out", async () => {
    const email = `${preset}@example.com`;
    expect(await post(preset, { email })).toEqual({ status: 202, body: { status: "check-inbox" } });
    await sendAll(service);
    const mails = mailsTo(email);
    expect(mails).toHaveLength(1);
    const { subscriber = "", mailing } = mails[0]?.tags ?? {};
    expect(mailing).toMatch(/^confirm_/);
    expect(await service.deps.subscribers.load(subscriber)).toMatchObject({
      consent: { source: preset },
      lists: { records: { state: "wanted" } },
    });
    service.clock.set(addHours(start, 1));
    await sendAll(service);
    expect(mailsTo(email)).toHaveLength(1);
    expect((await notesOf(preset))[0]).toMatchObject({ outcome: "accepted", at: start });
  });

  it("is carried out once, however long it is repeated, and is no more than a repetition afterwards", async () => {
    const sent = { id: `${preset}-once`, at: start };
    expect((await post(preset, sent)).status).toBe(202);
    const before = await rows();
    for (const hours of [0, 1, 71]) {
      service.clock.set(addHours(start, hours));
      expect(await post(preset, sent)).toMatchObject({ status: 409, body: { code: "hook.replayed" } });
    }
    service.clock.set(addHours(start, 73));
    expect(await post(preset, sent)).toMatchObject({ status: 401, body: { code: "hook.stale" } });
    expect(await rows()).toEqual(before);
  });

  it.each<[string, Sent, number, string, object]>([
    ["another secret", { secret: "0123456789abcdef" }, 401, "hook.unauthorized", { outcome: "forged" }],
    [
      "a changed body",
      { change: (body) => body.replace("ada@", "eve@") },
      401,
      "hook.unauthorized",
      { outcome: "forged" },
    ],
    ["one space more", { change: (body) => `${body} ` }, 401, "hook.unauthorized", { outcome: "forged" }],
    [
      "72 hours and a minute",
      { at: addMinutes(start, -72 * 60 - 1) },
      401,
      "hook.stale",
      { outcome: "stale" },
    ],
    ["six minutes ahead", { at: addMinutes(start, 6) }, 401, "hook.stale", { outcome: "stale" }],
    [
      "no id",
      { id: "" },
      400,
      "hook.unreadable",
      { reason: expect.stringMatching(/^there is no id at event/) },
    ],
    [
      "no address",
      { email: null },
      400,
      "hook.unreadable",
      { outcome: "unreadable", reason: `there is no email at ${presets[preset].map.email}` },
    ],
    [
      "an address that is none",
      { email: "ada" },
      422,
      "signup.invalid",
      { outcome: "invalid", reason: "email" },
    ],
  ])("with %s is refused and noted, and stores nothing else", async (_, sent, status, code, note) => {
    const before = await rows();
    const answer = await post(preset, sent);
    expect(answer).toMatchObject({ status, body: { code } });
    expect(await rows()).toEqual(before);
    expect((await notesOf(preset)).filter(({ at }) => at === start)).toContainEqual(
      expect.objectContaining(note),
    );
  });

  it("leaves nothing of its id behind, which may be anything of the payload", async () => {
    const call = { id: `${preset}-answer-of-ada@example.org` };
    expect((await post(preset, call)).status).toBe(202);
    expect((await post(preset, call)).status).toBe(409);
    expect(JSON.stringify(await allRows(service))).not.toContain("answer-of-ada");
  });

  it("that is a test is checked like any other, and signs up nobody", async () => {
    const test = { email: "test@stepletter.invalid", id: `${preset}-test` };
    const before = await rows();
    expect(await post(preset, test)).toEqual({ status: 200, body: { status: "test" } });
    expect((await post(preset, { ...test, secret: "0123456789abcdef" })).status).toBe(401);
    expect(await rows()).toEqual(before);
    expect((await notesOf(preset)).map(({ outcome }) => outcome)).toContain("test");
  });
});

describe("the notes of calls", () => {
  it("hold neither address nor payload, and nothing that a caller has made up", async () => {
    const told = { email: "secret-person@example.com", id: "secret-person@example.com" };
    await post("tally", told);
    await post("tally", { ...told, secret: "0123456789abcdef" });
    await post("tally", { ...told, email: "secret-person@" });
    const notes = (await allRows(service)).filter(({ pk }) => String(pk).startsWith("SOURCE#"));
    expect(JSON.stringify(notes)).not.toMatch(/secret-person|@/);
  });

  it("are bounded: a flood of forged calls writes sixty a minute, and one on a name that is none writes nothing", async () => {
    await make({ name: "flooded", ...presets.tally });
    const forged = { secret: "0123456789abcdef" };
    for (let n = 0; n < 70; n++) await post("tally", forged, service.depsOf("http"), "flooded");
    expect(await notesOf("flooded")).toHaveLength(60);
    const before = await allRows(service);
    for (const name of ["nobody", "Nobody", "__proto__", "a".repeat(41)]) {
      const answer = await post("tally", forged, service.depsOf("http"), name);
      expect(answer).toMatchObject({ status: 401, body: { code: "hook.unauthorized" } });
    }
    expect(await allRows(service)).toEqual(before);
  });

  it("that cannot be written are no reason to refuse anybody", async () => {
    const note = () => Promise.reject(new AppError("unavailable", "dynamodb.unavailable", "No answer"));
    const deps = { ...service.depsOf("http"), sourceCalls: { ...service.deps.sourceCalls, note } };
    expect((await post("tally", { email: "unnoted@example.com" }, deps)).status).toBe(202);
  });
});

describe("a source", () => {
  it("takes a secret that was made since the keys were read, and drops one that is gone", async () => {
    await make({ name: "renewed", ...presets.tally });
    const ring = await service.deps.keys.ring();
    const [old, fresh] = ["old-secret-of-tally", "new-secret-of-tally"];
    const withKeys = (seconds: number): Deps => ({
      ...service.depsOf("http"),
      keys: {
        ring: async (most = 300) => ({
          ...ring,
          webhooks: { renewed: most < seconds ? [fresh, old] : [old] },
        }),
      },
    });
    const call = (secret: string, deps: Deps) => post("tally", { secret }, deps, "renewed");
    expect((await call(fresh, withKeys(300))).status).toBe(202);
    expect((await call(old, withKeys(300))).status).toBe(202);
    expect((await call(fresh, withKeys(0))).status).toBe(401);
  });

  it("that is a form takes no webhook, whatever its name has for secrets", async () => {
    await make({ name: "form-of-site", kind: "form" });
    const deps = service.depsOf("http");
    const asked: (number | undefined)[] = [];
    const keys: Deps["keys"] = {
      ring(most) {
        asked.push(most);
        return deps.keys.ring(most);
      },
    };
    const before = await allRows(service);
    const answer = await post("tally", {}, { ...deps, keys }, "form-of-site");
    expect(answer.status).toBe(401);
    expect(await allRows(service)).toEqual(before);
    expect(asked.filter((most) => most !== undefined)).toEqual([]);
  });

  it("reads the fields where its map says, and a Standard Webhook can have one, too", async () => {
    const map = {
      email: "who.mail",
      name: "who.first",
      zone: "who.tz",
      course: "'records'",
      digest: "news",
    };
    const { at, id, header } = { at: "sent", id: "key", header: "x-signature" };
    const hmac = { header, prefix: "v1=", encoding: "hex", signs: "{header:x-time}.{body}", id, at } as const;
    await make({ name: "own", hmac, map });
    const body = JSON.stringify({
      key: 77,
      sent: Date.parse(start) / 1000,
      who: { mail: "own@example.com", first: "Ada", tz: "Europe/London" },
      news: true,
    });
    const secret = "a-secret-of-our-own";
    const ring = { ...(await service.deps.keys.ring()), webhooks: { own: [secret] } };
    const headers = { "x-time": "now" };
    const signature = signHmac(hmac, secret, { headers, body }) ?? "";
    const event = httpEvent({
      method: "POST",
      path: "/hooks/own",
      headers: { ...headers, "content-type": "application/json", "x-signature": signature },
      body,
    });
    const deps = { ...service.depsOf("http"), keys: { ring: async () => ring } };
    expect((await handler.with(deps)(event, context)).statusCode).toBe(202);
    await sendAll(service);
    const { subscriber = "" } = mailsTo("own@example.com")[0]?.tags ?? {};
    expect(await service.deps.subscribers.load(subscriber)).toMatchObject({
      name: "Ada",
      zone: "Europe/London",
      lists: { records: { state: "wanted" }, digest: { state: "wanted" } },
      consent: { source: "own" },
    });
  });
});
