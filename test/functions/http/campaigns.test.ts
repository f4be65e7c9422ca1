import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newKey } from "../../../core/admin/admin-key.ts";
import { createFirstKey } from "../../../core/admin/create-first-key.ts";
import { adminKey, callApi, draft } from "../../helpers/campaigns.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";

let service: TestService;
let key: string;
beforeAll(async () => {
  service = await startService();
  key = await adminKey(service);
});
afterAll(() => service.stop());

const post = (body: unknown, changes: { key?: string; type?: string } = {}) =>
  callApi(service, { method: "POST", path: "/v1/campaigns", key, body, ...changes });

describe("the API", () => {
  it.each([
    ["GET", "/v1/campaigns/spring-news"],
    ["POST", "/v1/campaigns"],
    ["POST", "/v1/campaigns/spring-news/pause"],
    ["GET", "/v1/nothing"],
  ])("%s %s wants a key, and a known one, in JSON", async (method, path) => {
    for (const wrong of [undefined, newKey(), "slk_", "Bearer", ""]) {
      const answer = await callApi(service, { method, path, ...(wrong !== undefined && { key: wrong }) });
      expect(answer).toMatchObject({ status: 401, body: { code: "key.unknown" } });
      expect(answer.headers["www-authenticate"]).toContain("Bearer");
    }
  });

  it("lets a viewer look and change nothing", async () => {
    await post({ ...draft, id: "looked-at" });
    const viewer = await adminKey(service, "viewer");
    expect((await callApi(service, { path: "/v1/campaigns/looked-at", key: viewer })).status).toBe(200);
    const before = await allRows(service);
    const refused = [
      await post({ ...draft, id: "viewed" }, { key: viewer }),
      await callApi(service, { method: "POST", path: "/v1/campaigns/looked-at/pause", key: viewer }),
      await callApi(service, { method: "DELETE", path: "/v1/campaigns/looked-at", key: viewer }),
    ];
    for (const answer of refused) {
      expect(answer).toMatchObject({ status: 403, body: { code: "key.viewer" } });
    }
    expect(await allRows(service)).toEqual(before);
  });

  it("answers in JSON where there is nothing", async () => {
    expect(await callApi(service, { path: "/v1/nothing", key })).toMatchObject({
      status: 404,
      body: { code: "page.missing" },
    });
  });

  it("keeps no key, only its hash", async () => {
    const outcome = await createFirstKey(service.deps, { name: "owner" });
    const first = outcome.status === "created" ? outcome.key : "";
    expect((await callApi(service, { path: "/v1/campaigns/none", key: first })).status).toBe(404);
    const table = JSON.stringify(await allRows(service));
    expect(table).toContain("ADMIN#FIRST");
    expect(table).not.toContain(first);
    expect(table).not.toContain("slk_");
    expect(await createFirstKey(service.deps, { name: "owner" })).toMatchObject({ status: "refused" });
  });
});

describe("POST /v1/campaigns", () => {
  it("creates a campaign, and once: the same again is the same", async () => {
    const created = await post(draft);
    expect(created).toMatchObject({
      status: 201,
      body: { id: "spring-news", title: "Spring news", list: "records", state: "freezing", recipients: 0 },
    });
    service.clock.set("2027-03-01T12:00:01.000Z");
    expect(await post(draft)).toMatchObject({ status: 200, body: created.body });
    const stored = await service.deps.campaigns.load("spring-news");
    expect(stored?.bodyHtml).toContain('href="https://example.org/codes"');
    expect(stored?.bodyText).toContain("Read them (https://example.org/codes)");
  });

  it("twenty at once create one", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post({ ...draft, id: "many-at-once" })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
  });

  it.each(["title", "markdown", "list"])("refuses another %s under the same id", async (field) => {
    await post({ ...draft, id: "taken" });
    const other = field === "list" ? "digest" : "Something else";
    expect(await post({ ...draft, id: "taken", [field]: other })).toMatchObject({
      status: 409,
      body: { code: "campaign.conflict" },
    });
    expect((await service.deps.campaigns.load("taken"))?.title).toBe(draft.title);
  });

  it.each([
    ["id", "Spring News"],
    ["id", "a--b"],
    ["id", "-a"],
    ["id", "a_b"],
    ["id", "a".repeat(61)],
    ["id", ""],
    ["title", ""],
    ["title", " "],
    ["title", "Two\nlines"],
    ["title", "x".repeat(151)],
    ["list", "nobody"],
    ["list", "constructor"],
    ["list", ""],
    ["markdown", ""],
    ["markdown", "<script>alert(1)</script>"],
    ["markdown", "[Here](javascript:alert(1))"],
    ["markdown", "Hello {{greeting}}"],
    ["markdown", "many words ".repeat(8_000)],
  ])("refuses as %s: %j", async (field, value) => {
    const answer = await post({ ...draft, id: "refused", [field]: value });
    expect(answer).toMatchObject({ status: 422, body: { code: "campaign.invalid" } });
    expect(Object.keys(answer.body.fields ?? {})).toEqual([field]);
    expect(await service.deps.campaigns.load("refused")).toBeUndefined();
  });

  it("lists every wrong field at once", async () => {
    const { status, body } = await post({});
    expect(status).toBe(422);
    expect(Object.keys(body.fields ?? {}).toSorted()).toEqual(["id", "list", "markdown", "title"]);
    expect(body.fields?.list).toContain("records");
  });

  it.each([
    ["no JSON", "{", "application/json", 400],
    ["no object", "[]", "application/json", 400],
    ["a number for a text", '{"id":1}', "application/json", 400],
    ["a form", "id=spring", "application/x-www-form-urlencoded", 415],
    ["too much", { ...draft, markdown: "x".repeat(257 * 1024) }, "application/json", 413],
  ])("refuses %s", async (_, body, type, status) => {
    const answer = await post(body, { type });
    expect(answer.status).toBe(status);
    expect(answer.body.message).toBeTruthy();
  });

  it("takes more than a form may have", async () => {
    const markdown = "Words and words and words. ".repeat(1_000);
    expect((await post({ ...draft, id: "long", markdown })).status).toBe(201);
  });
});

describe("campaigns that are not there", () => {
  it.each([
    ["GET", "/v1/campaigns/none"],
    ["POST", "/v1/campaigns/none/pause"],
    ["POST", "/v1/campaigns/none/resume"],
  ])("%s %s answers 404 and makes none", async (method, path) => {
    const answer = await callApi(service, { method, path, key });
    expect(answer).toMatchObject({ status: 404, body: { code: "campaign.missing" } });
    expect(await service.deps.campaigns.load("none")).toBeUndefined();
  });
});
