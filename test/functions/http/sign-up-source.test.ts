import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handler } from "../../../functions/http/handler.ts";
import { context, type HttpCall, httpEvent } from "../../helpers/events.ts";
import { openedForm } from "../../helpers/opened-form.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { newestMail, sendAll } from "../../helpers/walk.ts";

const shop = "https://shop.example";
const pages = {
  thankYou: [`${shop}/thanks`, "https://blog.example/thanks"],
  afterConfirm: [`${shop}/welcome`],
};
let service: TestService;
beforeAll(async () => {
  service = await startService();
  const source = { sites: [shop], ...pages, createdAt: service.clock.now() };
  const nowhere = { ...source, thankYou: [], afterConfirm: [] };
  await service.deps.sources.create({ ...source, name: "shop", kind: "form" });
  await service.deps.sources.create({ ...nowhere, name: "plain", kind: "form" });
  await service.deps.sources.create({ ...source, name: "signed", kind: "standard" });
});
afterAll(() => service.stop());

let networks = 0;
const call = (event: HttpCall) =>
  handler.with(service.depsOf("http"))(
    httpEvent({ method: "POST", from: `203.${networks++}.113.9`, ...event }),
    context,
  );
const form = { "content-type": "application/x-www-form-urlencoded", accept: "text/html" };
const json = { "content-type": "application/json" };
const post = async (source: string, fields: Record<string, string>) =>
  call({
    path: `/signup/${source}`,
    headers: form,
    body: new URLSearchParams({ started: await openedForm(service, source), ...fields }).toString(),
  });
const postJson = async (source: string, fields: object, headers = {}) =>
  call({
    path: `/signup/${source}`,
    headers: { ...json, ...headers },
    body: JSON.stringify({ started: await openedForm(service, source), ...fields }),
  });
const consentOf = async (email: string) => {
  await sendAll(service);
  await newestMail(service, email);
  const mail = service.ses.mails().findLast(({ to }) => to.includes(email));
  return (await service.deps.subscribers.load(mail?.tags.subscriber ?? ""))?.consent;
};

describe("a form of another site", () => {
  it("signs up under its own name, and leads to that site's page", async () => {
    const answer = await post("shop", { email: "buyer@example.com" });
    expect([answer.statusCode, answer.headers?.location]).toEqual([303, `${shop}/thanks`]);
    expect(await consentOf("buyer@example.com")).toMatchObject({
      source: "shop",
      afterConfirm: `${shop}/welcome`,
    });
  });

  it("leads to our page where the site has none", async () => {
    const answer = await post("plain", { email: "plain@example.com" });
    expect([answer.statusCode, answer.body]).toEqual([202, expect.stringContaining("Check your inbox")]);
    expect(await consentOf("plain@example.com")).not.toHaveProperty("afterConfirm");
  });

  it.each([
    ["one that is allowed", "https://blog.example/thanks", "https://blog.example/thanks"],
    ["one that is not", "https://evil.example/", `${shop}/thanks`],
    ["one that only begins so", `${shop}/thanks.evil.example`, `${shop}/thanks`],
    ["no address at all", "javascript:alert(1)", `${shop}/thanks`],
  ])("names the page to go to, and only one that is allowed counts: %s", async (_, thankYou, to) => {
    const email = "chooser@example.com";
    expect((await post("shop", { email, thankYou })).headers?.location).toBe(to);
    const answer = await postJson("shop", { email, thankYou, afterConfirm: thankYou });
    expect(JSON.parse(answer.body)).toEqual({ status: "check-inbox", thankYou: to });
    expect((await consentOf(email))?.afterConfirm).toBe(`${shop}/welcome`);
  });

  it("tells a robot nothing by where it leads", async () => {
    const before = await allRows(service);
    const answer = await post("shop", { email: "robot@example.com", reference: "x" });
    expect([answer.statusCode, answer.headers?.location]).toEqual([303, `${shop}/thanks`]);
    expect(await allRows(service)).toEqual(before);
  });

  it("works without a script: one more press, and from there to the site's page", async () => {
    const first = { email: "slow@example.com", thankYou: "https://blog.example/thanks" };
    const page = await call({
      path: "/signup/shop",
      headers: form,
      body: new URLSearchParams(first).toString(),
    });
    expect(page.body).toContain("One more press");
    expect(page.body).toContain('<form method="post" action="/signup/shop">');
    // Browsers hold the redirect to this page's policy.
    expect(page.headers?.["content-security-policy"]).toContain(
      `form-action 'self' ${shop} https://blog.example;`,
    );
    const inputs = page.body.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
    const fields = Object.fromEntries([...inputs].map(([, name, value]) => [name, value]));
    service.clock.pass(5);
    const answer = await call({
      path: "/signup/shop",
      headers: form,
      body: new URLSearchParams(fields).toString(),
    });
    expect([answer.statusCode, answer.headers?.location]).toEqual([303, "https://blog.example/thanks"]);
  });

  it("comes back as ours after a mistake, and still is that site's", async () => {
    const page = await post("shop", { email: "nobody", thankYou: "https://blog.example/thanks" });
    expect(page.statusCode).toBe(422);
    expect(page.body).toContain('<form method="post" action="/signup/shop" novalidate>');
    expect(page.body).toContain('name="thankYou" value="https://blog.example/thanks"');
  });

  it.each(["nowhere", "signed", "form", "__proto__", "UPPER"])(
    "has to be known, and of the kind that does not sign: %s",
    async (source) => {
      const before = (await allRows(service)).filter(({ pk }) => !String(pk).startsWith("LIMIT#"));
      expect((await post(source, { email: "a@example.com" })).statusCode).toBe(404);
      const answer = await postJson(source, { email: "a@example.com" });
      expect([answer.statusCode, JSON.parse(answer.body).code]).toEqual([404, "source.missing"]);
      expect((await call({ method: "GET", path: `/signup/${source}/start` })).statusCode).toBe(404);
      const after = (await allRows(service)).filter(({ pk }) => !String(pk).startsWith("LIMIT#"));
      expect(after).toEqual(before);
    },
  );
});

describe("scripts of other sites", () => {
  const corsOf = (answer: { headers?: Record<string, unknown> | undefined }) => [
    answer.headers?.["access-control-allow-origin"],
    answer.headers?.vary,
    answer.headers?.["access-control-allow-credentials"],
  ];
  const allowed = [shop, "Origin", undefined];
  const refused = [undefined, "Origin", undefined];

  it.each([
    ["of the site itself", shop, allowed],
    ["of another site", "https://evil.example", refused],
    ["of the site without encryption", "http://shop.example", refused],
    ["of a page without origin", "null", refused],
  ])("may ask and read the answers only if they are named: one %s", async (_, origin, cors) => {
    const headers = { origin };
    const asked = {
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type",
    };
    for (const path of ["/signup/shop", "/signup/shop/start"]) {
      const answer = await call({ method: "OPTIONS", path, headers: { ...headers, ...asked } });
      expect([answer.statusCode, ...corsOf(answer)]).toEqual([204, ...cors]);
      expect(answer.headers).toMatchObject({
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers": "content-type",
      });
    }
    const opened = await call({ method: "GET", path: "/signup/shop/start", headers });
    expect([opened.statusCode, opened.headers?.["cache-control"]]).toEqual([200, "no-store"]);
    expect(corsOf(opened)).toEqual(cors);
    expect(corsOf(await postJson("shop", { email: "script@example.com" }, headers))).toEqual(cors);
    expect(corsOf(await postJson("shop", { email: "script" }, headers))).toEqual(cors);
  });

  it("are let in by the form of their site alone", async () => {
    const answer = await postJson("shop", { email: "x@example.com" }, { origin: shop });
    expect(corsOf(answer)).toEqual(allowed);
    const own = await call({ method: "GET", path: "/signup/start", headers: { origin: shop } });
    expect(corsOf(own)).toEqual(refused);
  });
});
