import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handler } from "../../../functions/http/handler.ts";
import { context, formPost, type HttpCall, httpEvent } from "../../helpers/events.ts";
import { openedForm } from "../../helpers/opened-form.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, linkToken, newestMail, received, sendAll } from "../../helpers/walk.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** A network of its own for each call, so that none is too many. */
let calls = 0;
const from = () => `198.51.${calls++}.1`;
const call = async (fields: Record<string, string>) =>
  handler.with(service.depsOf("http"))(
    formPost("/signup", { started: await openedForm(service), ...fields }, { from: from() }),
    context,
  );
const json = { "content-type": "application/json" };
const raw = (event: Omit<HttpCall, "path" | "method">) =>
  handler.with(service.depsOf("http"))(
    httpEvent({ method: "POST", path: "/signup", from: from(), ...event }),
    context,
  );
/** A body of JSON with what tells when the form was opened. */
const jsonOf = async (fields: object) => JSON.stringify({ started: await openedForm(service), ...fields });
/** Rows of subscribers and all that is theirs: counts of limits are none. */
const countKept = async () =>
  (await allRows(service)).filter(({ pk }) => !String(pk).startsWith("LIMIT#")).length;

describe("POST /signup", () => {
  it("takes a form, mails a confirmation at once, and says to look in the inbox", async () => {
    const answer = await call({
      email: "Ada@Example.COM",
      name: " Ada \u0007 Lovelace ",
      zone: "Europe/London",
    });
    expect(answer.statusCode).toBe(202);
    expect(answer.body).toContain("Check your inbox");
    await sendAll(service);
    const mail = await newestMail(service, "Ada@example.com");
    expect(mail.html).toContain("Hello,");
    expect(mail.html).toContain("https://steps.example/confirm/k1.");
    expect(mail.headers.get("auto-submitted")).toBe("auto-generated");
    expect(mail.headers.has("list")).toBe(false);
  });

  it("takes JSON and answers JSON", async () => {
    const answer = await raw({
      headers: { "content-type": "application/json; charset=utf-8" },
      body: await jsonOf({ email: "json@example.com" }),
    });
    expect(answer).toMatchObject({ statusCode: 202, body: '{"status":"check-inbox"}' });
  });

  it.each([
    ["a form with the box ticked", true, () => call({ email: "ticked@example.com", digest: "on" })],
    ["a form without", false, () => call({ email: "plain@example.com" })],
    [
      "JSON",
      true,
      async () => raw({ headers: json, body: await jsonOf({ email: "js@example.com", digest: true }) }),
    ],
    [
      "JSON that says no",
      false,
      async () => raw({ headers: json, body: await jsonOf({ email: "no@example.com", digest: false }) }),
    ],
  ])(
    "asks for the course and, if it is wanted, the digest, by one confirmation: %s",
    async (_, digest, act) => {
      await sendAll(service);
      const mails = service.ses.mails().length;
      expect((await act()).statusCode).toBe(202);
      await sendAll(service);
      expect(service.ses.mails()).toHaveLength(mails + 1);
      const person = await service.deps.subscribers.load(service.ses.mails().at(-1)?.tags.subscriber ?? "");
      expect(Object.keys(person?.lists ?? {}).sort()).toEqual(digest ? ["digest", "records"] : ["records"]);
    },
  );

  it("asks for reminders of one's own dates where their box is ticked", async () => {
    await call({ email: "dates@example.com", reminders: "on" });
    await sendAll(service);
    const person = await service.deps.subscribers.load(service.ses.mails().at(-1)?.tags.subscriber ?? "");
    expect(Object.keys(person?.lists ?? {}).sort()).toEqual(["records", "reminders"]);
  });

  it("for the digest of someone on the course leaves course, name and zone alone", async () => {
    const id = await join(service, "more@example.com", { name: "Ada" });
    const before = await service.deps.subscribers.load(id);
    service.clock.set("2027-03-02T12:00:01.000Z");
    await call({ email: "more@example.com", name: "Buy now", zone: "Asia/Tokyo", digest: "on" });
    service.clock.set("2027-03-01T12:00:00.000Z");
    const { lists, name, zone } = (await service.deps.subscribers.load(id)) ?? {};
    expect([name, zone, lists?.records]).toEqual(["Ada", "America/New_York", before?.lists.records]);
    expect(lists?.digest?.state).toBe("wanted");
  });

  it("takes a body that the gateway encoded", async () => {
    const text = `email=encoded%40example.com&started=${await openedForm(service)}`;
    const body = Buffer.from(text).toString("base64");
    const answer = await raw({
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body,
      base64: true,
    });
    expect(answer.statusCode).toBe(202);
  });

  it.each(["J.R.R. Tolkien", "Dr. Ada M.Sc.", "Ada / Bob", "Anne-Marie d'Arc", "Awww. Cute", "Ana M.a/o"])(
    "takes the name %s for one",
    async (name) => {
      expect((await call({ email: `n${calls}@example.com`, name })).statusCode).toBe(202);
    },
  );

  it("greets by name only whom it knows by that name from a confirmation", async () => {
    const id = await join(service, "greeted@example.com", { name: "Ada" });
    expect((await newestMail(service, "greeted@example.com")).text).not.toContain("Ada");
    service.clock.set("2027-03-02T12:00:01.000Z");
    await call({ email: "greeted@example.com", name: "Buy now", digest: "on" });
    await sendAll(service);
    service.clock.set("2027-03-01T12:00:00.000Z");
    const { text, html } = await newestMail(service, "greeted@example.com");
    expect(text).toContain("Hello Ada,");
    expect(`${text} ${html}`).not.toContain("Buy now");
    expect((await service.deps.subscribers.load(id))?.asked?.name).toBe("Buy now");
  });

  it("of an address that somebody else has entered since leaves all that was asked for first as it was", async () => {
    const from = { network: "203.0.113.5", name: "Anna", zone: "Europe/Zurich" };
    const send = async ({ network, ...fields }: Record<string, string>) =>
      handler.with(service.depsOf("http"))(
        formPost(
          "/signup",
          { started: await openedForm(service), email: "anna@example.com", ...fields },
          { from: network ?? "" },
        ),
        context,
      );
    await send(from);
    await sendAll(service);
    const token = await linkToken(service, "anna@example.com", "confirm");
    service.clock.set("2027-03-04T12:00:00.000Z");
    await send({ network: "203.1.113.6", name: "Eve", zone: "Asia/Tokyo" });
    await handler.with(service.depsOf("http"))(formPost("/confirm", { token }), context);
    service.clock.set("2027-03-01T12:00:00.000Z");
    const id = service.ses.mails().find(({ to }) => to.includes("anna@example.com"))?.tags.subscriber ?? "";
    expect(await service.deps.subscribers.load(id)).toMatchObject({
      name: "Anna",
      zone: "Europe/Zurich",
      consent: { network: "203.0.113.5", askedAt: "2027-03-01T12:00:00.000Z" },
    });
  });

  it("of a known address, however it is spelled, sends nothing more that day and answers the same", async () => {
    const first = await call({ email: "twice@bücher.example" });
    const second = await call({ email: "TWICE@BÜCHER.example" });
    await sendAll(service);
    expect(second.body).toBe(first.body);
    expect(received(service, "twice@xn--bcher-kva.example")).toEqual(["confirm_2027-03-01_1"]);
  });

  it("sends again the next day, as often as three times in thirty days", async () => {
    for (const day of ["02", "03", "04", "05"]) {
      service.clock.set(`2027-03-${day}T12:00:01.000Z`);
      await call({ email: "again@example.com" });
      await sendAll(service);
    }
    expect(received(service, "again@example.com")).toHaveLength(3);
    service.clock.set("2027-03-01T12:00:00.000Z");
  });

  it("of a suppressed address answers the same and writes nothing", async () => {
    const { hash } = await service.deps.keys.ring();
    const { hashAddress } = await import("../../../core/subscriber/address.ts");
    await service.deps.suppressions.add(hashAddress(hash, "blocked@example.com"), {
      reason: "complaint",
      since: service.clock.now(),
    });
    const before = await countKept();
    expect((await call({ email: "blocked@example.com" })).statusCode).toBe(202);
    expect(await countKept()).toBe(before);
  });

  it("adopts an address that was claimed by a signup which then died", async () => {
    const { hash } = await service.deps.keys.ring();
    const { hashAddress } = await import("../../../core/subscriber/address.ts");
    await service.deps.addresses.claim(hashAddress(hash, "orphan@example.com"), "sub_orphan");
    await call({ email: "orphan@example.com" });
    await sendAll(service);
    expect(service.ses.mails().at(-1)?.tags.subscriber).toBe("sub_orphan");
  });
});

/** The body with what tells when the form was opened, if it is one that can carry it. */
async function opened(body: string | undefined, headers: HttpCall["headers"]): Promise<string> {
  const started = await openedForm(service);
  if (headers === json) return (body ?? "").replace(/^\{/, `{"started":"${started}",`);
  return `${body ?? ""}&started=${started}`;
}

describe("POST /signup with bad input says what to do and writes nothing", () => {
  const form = { "content-type": "application/x-www-form-urlencoded", accept: "text/html" };

  it.each<[string, number, Omit<HttpCall, "path" | "method">, RegExp]>([
    [
      "an address that is none",
      422,
      { headers: form, body: "email=ada%40nowhere" },
      /Enter one e-mail address/,
    ],
    ["no address", 400, { headers: form, body: "name=Ada" }, /Send the fields email/],
    [
      "an unknown zone",
      422,
      { headers: form, body: "email=a%40example.com&zone=Mars%2FBase" },
      /Choose a time zone/,
    ],
    [
      "an unknown course",
      422,
      { headers: form, body: "email=a%40example.com&course=flying" },
      /Choose a course/,
    ],
    [
      "a prototype's name as course",
      422,
      { headers: form, body: "email=a%40example.com&course=__proto__" },
      /Choose a course/,
    ],
    [
      "a name that is a novel",
      422,
      { headers: form, body: `email=a%40example.com&name=${"a".repeat(121)}` },
      /at most 120/,
    ],
    ...[
      "you won 500 EUR! Claim it: https://evil.example/x",
      "see WWW.evil.example",
      "go to evil.example/claim now",
      "ｅｖｉｌ．example／claim",
    ].map(
      (name) =>
        [
          `a link for a name: ${name}`,
          422,
          { headers: form, body: `email=a%40example.com&name=${encodeURIComponent(name)}` },
          /Enter a name, not a link/,
        ] as [string, number, Omit<HttpCall, "path" | "method">, RegExp],
    ),
    [
      "a field twice",
      400,
      { headers: json, body: '{"email":["a@example.com","b@example.com"]}' },
      /Send the fields email/,
    ],
    [
      "a body that is too long",
      413,
      { headers: form, body: `email=a%40example.com&x=${"a".repeat(20_000)}` },
      /less than 16 KB/,
    ],
    [
      "a field that is too long",
      400,
      { headers: form, body: `email=${"a".repeat(2_000)}` },
      /Send the fields email/,
    ],
    [
      "a digest of another kind",
      400,
      { headers: json, body: '{"email":"a@example.com","digest":7}' },
      /digest and reminders as true/,
    ],
    ["broken JSON", 400, { headers: json, body: '{"email":' }, /Send the fields email/],
    ["JSON that is no object", 400, { headers: json, body: "null" }, /Send the fields email/],
    [
      "another content type",
      415,
      { headers: { "content-type": "text/xml" }, body: "<email/>" },
      /application\/json/,
    ],
    ["no content type", 415, { body: "email=a%40example.com" }, /application\/json/],
  ])("%s", async (_, status, { body, ...request }, message) => {
    const before = await countKept();
    const answer = await raw({ ...request, body: await opened(body, request.headers) });
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toMatch(message);
    expect(await countKept()).toBe(before);
  });

  it("the form comes back with what was typed, harmless, and each problem beside its field", async () => {
    const answer = await call({ email: '"><script>alert(1)</script>', name: "Ada", zone: "Europe/London" });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain("Enter one e-mail address");
    expect(answer.body).toContain('value="Ada"');
    expect(answer.body).not.toContain("<script>alert");
  });

  it("a program gets the problems by field", async () => {
    const answer = await raw({ headers: json, body: await jsonOf({ email: "nobody", zone: "x" }) });
    expect(JSON.parse(answer.body)).toMatchObject({
      code: "signup.invalid",
      fields: { email: expect.any(String), zone: expect.any(String) },
    });
  });
});
