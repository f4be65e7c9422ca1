import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Deps } from "../../../adapters/connect.ts";
import { addMinutes } from "../../../core/time/instant.ts";
import { handler } from "../../../functions/http/handler.ts";
import { context, formPost, type HttpCall, httpEvent } from "../../helpers/events.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { linkToken, received, sendAll } from "../../helpers/walk.ts";

let service: TestService;
let secret: string;
beforeAll(async () => {
  service = await startService();
  secret = (await service.deps.keys.ring()).webhooks?.demo?.[0] ?? "";
});
afterAll(() => service.stop());

const newSecret = `whsec_${Buffer.alloc(32, 9).toString("base64")}`;
let calls = 0;

interface Call {
  email?: string;
  body?: string;
  id?: string;
  at?: string;
  secrets?: string[];
  source?: string;
  sent?: Partial<HttpCall>;
}

/** A call as a site makes it; `sent` is what somebody on the way made of it. */
function event(call: Call = {}) {
  const { email = "ada@example.com", id = `msg_${++calls}`, secrets = [secret], source = "demo" } = call;
  const body = call.body ?? JSON.stringify({ email });
  const at = new Date(call.at ?? service.clock.now());
  const headers = {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": secrets.map((each) => new Webhook(each).sign(id, at, body)).join(" "),
  };
  return httpEvent({ method: "POST", path: `/hooks/${source}`, headers, body, ...call.sent });
}

const post = (call?: Call, deps: Deps = service.depsOf("http")) => handler.with(deps)(event(call), context);

/** All rows but the notes of calls. */
async function rows() {
  return (await allRows(service)).filter(({ pk }) => !String(pk).startsWith("SOURCE#"));
}

/** The service as it is while the secrets of `demo` are these. */
async function withSecrets(...webhooks: string[]): Promise<Deps> {
  const ring = { ...(await service.deps.keys.ring()), webhooks: { demo: webhooks } };
  return { ...service.depsOf("http"), keys: { ring: async () => ring } };
}

describe("POST /hooks/{source}", () => {
  it("signs up by double opt-in, with the hook as the source of consent", async () => {
    const body = JSON.stringify({
      email: "hook@example.com",
      name: "Ada",
      zone: "Europe/London",
      digest: true,
    });
    expect(await post({ body })).toMatchObject({ statusCode: 202, body: '{"status":"check-inbox"}' });
    await sendAll(service);
    const id = service.ses.mails().at(-1)?.tags.subscriber ?? "";
    expect(await service.deps.subscribers.load(id)).toMatchObject({
      name: "Ada",
      zone: "Europe/London",
      consent: { source: "demo" },
      lists: { records: { state: "wanted" }, digest: { state: "wanted" } },
    });
    const token = await linkToken(service, "hook@example.com", "confirm");
    await handler.with(service.depsOf("http"))(formPost("/confirm", { token }), context);
    expect(await service.deps.subscribers.load(id)).toMatchObject({
      lists: { records: { state: "joined" }, digest: { state: "joined" } },
    });
  });

  it("reads the payload in `data`, as Standard Webhooks have it", async () => {
    const body = JSON.stringify({ type: "contact.created", data: { email: "data@example.com" } });
    expect((await post({ body })).statusCode).toBe(202);
    await sendAll(service);
    expect(received(service, "data@example.com")).toHaveLength(1);
  });

  it("sends no more to one mailbox than a form does, however its address is spelled", async () => {
    const spelled = [1, 2, 3, 4, 5].map((n) => `hooked+${n}@example.com`);
    const answers: unknown[] = [];
    for (const email of spelled) {
      const { statusCode, body } = await post({ email });
      answers.push([statusCode, body]);
    }
    expect(answers).toEqual(Array(5).fill([202, '{"status":"check-inbox"}']));
    await sendAll(service);
    expect(spelled.map((email) => received(service, email).length)).toEqual([1, 1, 1, 0, 0]);
  });

  it("takes a body that the gateway encoded", async () => {
    const body = JSON.stringify({ email: "zoë@bücher.example" });
    const sent = { body: Buffer.from(body).toString("base64"), base64: true };
    expect((await post({ body, sent })).statusCode).toBe(422);
    const fine = JSON.stringify({ email: "ada@bücher.example" });
    const encoded = { body: Buffer.from(fine).toString("base64"), base64: true };
    expect((await post({ body: fine, sent: encoded })).statusCode).toBe(202);
  });

  it("takes the old and the new secret while they are rotated, and the old one no more afterwards", async () => {
    const rotating = await withSecrets(newSecret, secret);
    expect((await post({}, rotating)).statusCode).toBe(202);
    expect((await post({ secrets: [newSecret] }, rotating)).statusCode).toBe(202);
    const rotated = await withSecrets(newSecret);
    expect((await post({}, rotated)).statusCode).toBe(401);
    expect((await post({ secrets: [secret, newSecret] }, rotated)).statusCode).toBe(202);
  });

  it("carries a call out once: a replay within seven days is refused", async () => {
    const call = { id: "msg_replay", email: "replay@example.com" };
    expect((await post(call)).statusCode).toBe(202);
    const before = await rows();
    expect(await post(call)).toMatchObject({
      statusCode: 409,
      body: expect.stringContaining("hook.replayed"),
    });
    expect(await rows()).toEqual(before);
  });

  it("twice at once is carried out once", async () => {
    const call = { id: "msg_race", email: "race@example.com" };
    const answers = await Promise.all([post(call), post(call)]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([202, 409]);
    await sendAll(service);
    expect(received(service, "race@example.com")).toHaveLength(1);
  });

  it("that failed on our side may come again: only what went through is remembered", async () => {
    const claim = () => Promise.reject(new Error("died"));
    const dies = { ...service.depsOf("http"), addresses: { claim } };
    const call = { id: "msg_again", email: "once-more@example.com" };
    expect((await post(call, dies)).statusCode).toBe(500);
    expect((await post(call)).statusCode).toBe(202);
  });
});

describe("POST /hooks/{source} refuses, and stores nothing", () => {
  const json = { "content-type": "application/json" };

  it.each<[string, number, string, Call]>([
    ["another secret", 401, "hook.unauthorized", { secrets: [newSecret] }],
    ["an unknown source", 401, "hook.unauthorized", { source: "nobody" }],
    ["a prototype's name as source", 401, "hook.unauthorized", { source: "__proto__" }],
    ["a changed body", 401, "hook.unauthorized", { sent: { body: '{"email":"eve@example.com"}' } }],
    ["no signature at all", 401, "hook.unauthorized", { sent: { headers: json } }],
    [
      "a byte order mark before what was signed",
      401,
      "hook.unauthorized",
      { sent: { body: '\ufeff{"email":"ada@example.com"}' } },
    ],
    ["a call of long ago", 401, "hook.stale", { at: "2027-03-01T11:54:59.000Z" }],
    ["a call from the future", 401, "hook.stale", { at: "2027-03-01T12:05:01.000Z" }],
    ["broken JSON", 400, "hook.unreadable", { body: '{"email":' }],
    ["JSON that is no object", 400, "hook.unreadable", { body: "null" }],
    ["no address", 400, "hook.unreadable", { body: "{}" }],
    ["an address twice", 400, "hook.unreadable", { body: '{"email":["a@example.com"]}' }],
    ["no body", 400, "hook.unreadable", { body: "" }],
    ["an address that is none", 422, "signup.invalid", { body: '{"email":"ada"}' }],
    ["an unknown course", 422, "signup.invalid", { body: '{"email":"a@example.com","course":"flying"}' }],
    ["a body that is too long", 413, "request.invalid", { body: `{"email":"${"a".repeat(140_000)}"}` }],
  ])("%s", async (_, status, code, call) => {
    const before = await rows();
    const answer = await post(call);
    expect(answer.statusCode).toBe(status);
    expect(JSON.parse(answer.body).code).toBe(code);
    expect(await rows()).toEqual(before);
  });

  it("an unknown source and a wrong signature in the same words", async () => {
    const [unknown, wrong] = [await post({ source: "nobody" }), await post({ secrets: [newSecret] })];
    expect(unknown.body).toBe(wrong.body);
  });

  it("by the service's calendar, whatever the machine's clock says", async () => {
    service.clock.set("2031-07-01T12:00:00.000Z");
    const [fresh, old] = [await post(), await post({ at: addMinutes(service.clock.now(), -6) })];
    service.clock.set("2027-03-01T12:00:00.000Z");
    expect([fresh.statusCode, old.statusCode]).toEqual([202, 401]);
  });
});
