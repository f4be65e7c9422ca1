import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { describeHttp } from "../../../build/openapi/describe-http.ts";
import { hashKey, newKey } from "../../../core/admin/admin-key.ts";
import { type Scope, scopes } from "../../../core/admin/scopes.ts";
import { adminKey, callApi } from "../../helpers/campaigns.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { allRows, keptRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { subscriber } from "../../helpers/subscribers.ts";

interface Operation {
  security?: { adminKey: Scope[] }[];
  responses: Record<string, unknown>;
  requestBody?: unknown;
}
const document = JSON.parse(describeHttp(catalogue)) as {
  paths: Record<string, Record<string, Operation>>;
};
/** Every route of the API, as it is described: the description holds all of them and no other, see openapi.test.ts. */
const routes = Object.entries(document.paths)
  .filter(([path]) => path.startsWith("/v1/"))
  .flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path: path.replace("{id}", "none").replace("{key}", "none").replace("{name}", "none"),
      scope: operation.security?.[0]?.adminKey[0] as Scope,
      answers: Object.keys(operation.responses),
      hasBody: operation.requestBody !== undefined,
      onOne: path.includes("{"),
    })),
  );
type Route = (typeof routes)[number];

let service: TestService;
let owner: string;
beforeAll(async () => {
  service = await startService();
  owner = await adminKey(service);
});
afterAll(() => service.stop());

async function keyWith(allowed: Scope[]): Promise<string> {
  const key = newKey();
  await service.deps.adminKeys.add(hashKey(key) ?? "", {
    name: "some",
    scopes: allowed,
    createdAt: service.clock.now(),
  });
  return key;
}
const call = (
  { method, path }: Route,
  key: string | undefined,
  body?: unknown,
  headers?: Record<string, string>,
) =>
  callApi(service, {
    method,
    path,
    ...(key !== undefined && { key }),
    ...(body !== undefined && { body }),
    ...(headers && { headers }),
  });
describe("each route of the API", () => {
  it("there are many, each with one scope", () => {
    expect(routes.length).toBeGreaterThan(35);
    for (const { name, scope } of routes) expect(scopes, name).toContain(scope);
  });

  it.each(routes)("$name wants a key that is known", async (route) => {
    for (const key of [undefined, newKey()]) {
      const answer = await call(route, key, route.hasBody ? {} : undefined);
      expect(answer).toMatchObject({ status: 401, body: { code: "key.unknown", status: 401 } });
      expect(answer.headers["www-authenticate"]).toContain("Bearer");
      expect(answer.headers["content-type"]).toBe("application/problem+json");
    }
  });

  it.each(routes)("$name wants the scope that its description names, and no other will do", async (route) => {
    const before = await keptRows(service);
    const wrong = await keyWith(scopes.filter((scope) => scope !== route.scope));
    expect(await call(route, wrong, route.hasBody ? {} : undefined)).toMatchObject({
      status: 403,
      body: { code: "key.scope", detail: expect.stringContaining(route.scope) },
    });
    expect(await keptRows(service)).toEqual(before);
    const right = await keyWith([route.scope]);
    const { status } = await call(route, right, route.hasBody ? {} : undefined);
    expect([401, 403]).not.toContain(status);
    expect(route.answers).toContain(String(status));
  });

  it.each(routes.filter(({ hasBody }) => hasBody))("$name refuses what it cannot read", async (route) => {
    const before = await keptRows(service);
    for (const [body, statuses] of [
      ["{", [400]],
      ["[1]", [400]],
      ['{"there is no such field":1}', [422]],
    ] as const) {
      const answer = await call(route, owner, body);
      expect(statuses, `${route.name} ${body}`).toContain(answer.status);
      expect(answer.body).toMatchObject({ code: expect.any(String), detail: expect.any(String) });
      expect(route.answers).toContain(String(answer.status));
    }
    expect(await keptRows(service)).toEqual(before);
  });

  it.each(routes.filter(({ onOne }) => onOne))(
    "$name answers of an unknown id that there is none",
    async (route) => {
      const before = await keptRows(service);
      const body = route.hasBody ? (validBodies[route.name] ?? {}) : undefined;
      const { status } = await call(route, owner, body);
      // A list of what is kept about nobody is empty.
      expect(status).toBe(route.name.endsWith("/subscribers/{id}/deliveries") ? 200 : 404);
      expect(await keptRows(service)).toEqual(before);
    },
  );

  it.each(routes.filter(({ method }) => method === "POST"))(
    "$name answers a replay as the first time",
    async (route) => {
      const headers = { "idempotency-key": `key-of ${route.name}`.replace(/[^\x21-\x7e]/g, "-") };
      const body = route.hasBody ? (validBodies[route.name] ?? {}) : undefined;
      const [first, again] = [
        await call(route, owner, body, headers),
        await call(route, owner, body, headers),
      ];
      if (route.path === "/v1/keys")
        expect(again).toMatchObject({ status: 409, body: { code: "idempotency.once" } });
      else expect(again).toMatchObject({ status: first.status, body: first.body });
      expect(again.headers["idempotent-replayed"]).toBe("true");
      expect(first.headers["idempotent-replayed"]).toBeUndefined();
      const other = await call(route, owner, { other: true }, headers);
      expect(other).toMatchObject({ status: 422, body: { code: "idempotency.reused" } });
      expect(await call(route, owner, body, { "idempotency-key": "x".repeat(201) })).toMatchObject({
        status: 400,
        body: { code: "idempotency.malformed" },
      });
    },
  );
});

const segment = { list: "records" };
/** Something that each route can read. */
const validBodies: Record<string, unknown> = {
  "POST /v1/audience": { segment },
  "POST /v1/campaigns": { id: "replayed", title: "News", markdown: "News", segment },
  "PATCH /v1/campaigns/{id}": { title: "Other" },
  "POST /v1/campaigns/{id}/send": {},
  "POST /v1/campaigns/preview": { title: "News", markdown: "Hello {{name|friend}}" },
  "POST /v1/campaigns/{id}/test": { to: "ada@example.com" },
  "POST /v1/feeds": {
    id: "replayed",
    title: "Feed",
    url: "https://feed.example/rss",
    topic: "coding",
    everyMinutes: 60,
  },
  "PATCH /v1/feeds/{id}": { title: "Other" },
  "POST /v1/items": { title: "Item", url: "https://item.example/1", topic: "coding", source: "Us" },
  "POST /v1/subscribers/find": { address: "nobody@example.com" },
  "PATCH /v1/subscribers/{id}": { name: "Ada" },
  "POST /v1/subscribers/import": {
    lists: ["digest"],
    consent: "At the fair",
    name: "fair",
    rows: [{ address: "replayed@example.com" }],
  },
  "POST /v1/subscribers/{id}/leave": {},
  "POST /v1/suppressions": { address: "replayed@example.com" },
  "POST /v1/suppressions/remove": { address: "replayed@example.com" },
  "POST /v1/deliveries/resolve": { subscriber: "sub_1", mailing: "campaign_x", as: "sent" },
  "POST /v1/keys": { name: "replayed", role: "viewer" },
};

describe("Idempotency-Key", () => {
  it("carries out once what comes many times at once", async () => {
    const post = () =>
      callApi(service, {
        method: "POST",
        path: "/v1/keys",
        key: owner,
        body: { name: "once", role: "viewer" },
        headers: { "idempotency-key": "at-once" },
      });
    const answers = await Promise.all(Array.from({ length: 10 }, post));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await service.deps.adminKeys.list()).filter(({ name }) => name === "once")).toHaveLength(1);
    expect(JSON.stringify(await allRows(service))).not.toContain("slk_");
  });

  it("is each key's own, and a claim of a function that died is taken over after a minute", async () => {
    const { replays } = service.deps;
    expect(await replays.claim("a", "k", "one")).toBe("mine");
    expect(await replays.claim("b", "k", "one")).toBe("mine");
    expect(await replays.claim("a", "k", "one")).toBe("in-progress");
    expect(await replays.claim("a", "k", "two")).toBe("other");
    service.clock.pass(61);
    expect(await replays.claim("a", "k", "two")).toBe("other");
    expect(await replays.claim("a", "k", "one")).toBe("mine");
    await replays.keep("a", "k", { status: 201, body: "{}" });
    service.clock.pass(3600);
    expect(await replays.claim("a", "k", "one")).toEqual({ status: 201, body: "{}" });
    service.clock.pass(86_400);
    expect(await replays.claim("a", "k", "two")).toBe("mine");
  });
});

describe("what a key may ask for", () => {
  it("is told on each answer, and limited by the minute", async () => {
    const key = await keyWith(["courses:read"]);
    const first = await callApi(service, { path: "/v1/courses", key });
    expect(first.headers["ratelimit-policy"]).toBe('"key";q=600;w=60');
    expect(first.headers.ratelimit).toMatch(/^"key";r=599;t=\d+$/);
    const spend = vi.fn(async () => undefined);
    const deps = service.depsOf("admin");
    const rates = deps.rates;
    deps.rates = { spend };
    const answer = await callApi(service, { path: "/v1/courses", key }).finally(() => {
      deps.rates = rates;
    });
    expect(answer).toMatchObject({ status: 429, body: { code: "key.too-many" } });
    expect(Number(answer.headers["retry-after"])).toBeGreaterThan(0);
    expect(answer.headers.ratelimit).toMatch(/^"key";r=0;t=\d+$/);
  });
});

describe("the audit log", () => {
  it("has every deed, who did it and what became of it, and nothing of what was sent", async () => {
    const key = await keyWith(["subscribers:write", "keys:read"]);
    await service.deps.subscribers.create(subscriber({ id: "sub_audited", address: "audited@example.com" }));
    service.clock.set("2027-04-01T10:00:00.000Z");
    const path = "/v1/subscribers/sub_audited";
    expect(
      (await callApi(service, { method: "PATCH", path, key, body: { name: "Secret Name" } })).status,
    ).toBe(200);
    service.clock.set("2027-04-01T10:00:01.000Z");
    await callApi(service, {
      method: "PATCH",
      path: "/v1/subscribers/ada@example.com",
      key,
      body: { name: "x" },
    });
    service.clock.set("2027-04-01T10:00:02.000Z");
    await callApi(service, { method: "POST", path: "/v1/nothing/ada@example.com", key });
    await callApi(service, { method: "DELETE", path: "/v1/feeds/some", key });
    const log = await callApi(service, { path: "/v1/audit?day=2027-04-01", key });
    const id = hashKey(key)?.slice(0, 12);
    expect((log.body as unknown as { items: unknown[] }).items).toEqual([
      {
        at: "2027-04-01T10:00:02.000Z",
        who: "some",
        keyId: id,
        via: "api",
        action: "feeds.remove",
        subject: "some",
        status: 403,
      },
      {
        at: "2027-04-01T10:00:01.000Z",
        who: "some",
        keyId: id,
        via: "api",
        action: "subscribers.change",
        status: 404,
      },
      {
        at: "2027-04-01T10:00:00.000Z",
        who: "some",
        keyId: id,
        via: "api",
        action: "subscribers.change",
        subject: "sub_audited",
        status: 200,
      },
    ]);
    expect(
      JSON.stringify((await allRows(service)).filter(({ pk }) => String(pk).startsWith("AUDIT#"))),
    ).not.toMatch(/@|Secret|slk_/);
  });

  it("is read page by page", async () => {
    const pages: unknown[] = [];
    for (let next: string | undefined = ""; next !== undefined; ) {
      const path: string = `/v1/audit?day=2027-04-01&limit=1${next && `&cursor=${next}`}`;
      const { body } = await callApi(service, { path, key: owner });
      const page = body as unknown as { items: unknown[]; next?: string };
      pages.push(...page.items);
      next = page.next;
    }
    expect(pages).toHaveLength(3);
    for (const query of ["day=today", "limit=0", "limit=101", "limit=x", "cursor=%40%40", "cursor=YWI%3D"])
      expect(await callApi(service, { path: `/v1/audit?${query}`, key: owner })).toMatchObject({
        status: 422,
        body: { code: "query.invalid" },
      });
  });
});
