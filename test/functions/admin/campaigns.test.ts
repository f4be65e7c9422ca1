import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newKey } from "../../../core/admin/admin-key.ts";
import { createFirstKey } from "../../../core/admin/create-first-key.ts";
import { adminKey, callApi, draft } from "../../helpers/campaigns.ts";
import { allRows, keptRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { bounced, member, subscriber } from "../../helpers/subscribers.ts";

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
    const before = await keptRows(service);
    const refused = [
      await post({ ...draft, id: "viewed" }, { key: viewer }),
      await callApi(service, { method: "POST", path: "/v1/campaigns/looked-at/pause", key: viewer }),
      await callApi(service, { method: "PATCH", path: "/v1/campaigns/looked-at", key: viewer, body: {} }),
    ];
    for (const answer of refused) {
      expect(answer).toMatchObject({ status: 403, body: { code: "key.scope" } });
    }
    expect(await keptRows(service)).toEqual(before);
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
      body: {
        id: "spring-news",
        title: "Spring news",
        segment: { list: "records" },
        state: "draft",
        recipients: 0,
      },
    });
    service.clock.set("2027-03-01T12:00:01.000Z");
    expect(await post(draft)).toMatchObject({ status: 200, body: created.body });
    const stored = await service.deps.campaigns.load("spring-news");
    expect(stored).toMatchObject({ markdown: draft.markdown, rev: 1 });
  });

  it("twenty at once create one", async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post({ ...draft, id: "many-at-once" })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
  });

  it.each(["title", "markdown", "segment"])("refuses another %s under the same id", async (field) => {
    await post({ ...draft, id: "taken" });
    const other = field === "segment" ? { list: "digest" } : "Something else";
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
    ["segment", { list: "nobody" }],
    ["segment", { list: "constructor" }],
    ["segment", { list: "" }],
    ["segment", "records"],
    ["segment", { list: "records", everybody: true }],
    ["segment", { list: "records", tags: { all: ["Two words"] } }],
    ["segment", { list: "records", zones: ["*/Berlin"] }],
    ["segment", { list: "records", course: { name: "nothing" } }],
    ["segment", { list: "records", course: { name: "records", last: ["nothing"] } }],
    ["segment", { list: "records", joined: { from: "2027-02-30" } }],
    ["tracking", "everything"],
    ["late", { afterHours: 0, action: "skip" }],
    ["late", { afterHours: 5, action: "run" }],
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
    expect(Object.keys(body.fields ?? {}).toSorted()).toEqual(["id", "segment", "title"]);
  });

  it.each([
    ["no JSON", "{", "application/json", 400],
    ["no object", "[]", "application/json", 400],
    ["a number for a text", '{"id":1}', "application/json", 422],
    ["a form", "id=spring", "application/x-www-form-urlencoded", 415],
    ["too much", { ...draft, markdown: "x".repeat(257 * 1024) }, "application/json", 413],
  ])("refuses %s", async (_, body, type, status) => {
    const answer = await post(body, { type });
    expect(answer.status).toBe(status);
    expect(answer.body.detail).toBeTruthy();
  });

  it("takes more than a form may have", async () => {
    const markdown = "Words and words and words. ".repeat(1_000);
    expect((await post({ ...draft, id: "long", markdown })).status).toBe(201);
  });
});

/** Does something to a campaign that was written and not yet sent. */
async function drafted(id: string, changes: object = {}) {
  await post({ ...draft, id, ...changes });
  const on = (deed: string, body?: unknown) =>
    callApi(service, {
      method: "POST",
      path: `/v1/campaigns/${id}/${deed}`,
      key,
      ...(body !== undefined && { body }),
    });
  const change = (body: unknown) =>
    callApi(service, { method: "PATCH", path: `/v1/campaigns/${id}`, key, body });
  const look = async () => (await callApi(service, { path: `/v1/campaigns/${id}`, key })).body;
  return { on, change, look };
}

describe("a draft", () => {
  it("is changed, field by field, and keeps the rest", async () => {
    const { change } = await drafted("changed", {
      tracking: "clicks",
      late: { afterHours: 6, action: "skip" },
    });
    const first = await change({ title: "Later news" });
    expect(first).toMatchObject({
      status: 200,
      body: { title: "Later news", rev: 2, tracking: "clicks", late: { afterHours: 6 } },
    });
    expect((await change({ segment: { list: "digest" }, rev: 2 })).body).toMatchObject({
      segment: { list: "digest" },
      rev: 3,
    });
    expect(await change({ title: "Mine", rev: 2 })).toMatchObject({
      status: 409,
      body: { code: "campaign.changed" },
    });
    expect(await change({ markdown: "<b>No</b>" })).toMatchObject({
      status: 422,
      body: { fields: { markdown: expect.any(String) } },
    });
    expect(await change({ id: "other" })).toMatchObject({
      status: 422,
      body: { fields: { id: expect.any(String) } },
    });
    expect((await service.deps.campaigns.load("changed"))?.markdown).toBe(draft.markdown);
  });

  it("goes to nobody, and can be neither paused nor cancelled", async () => {
    const { on } = await drafted("at-rest");
    for (const deed of ["pause", "resume", "cancel"])
      expect(await on(deed)).toMatchObject({ status: 409, body: { code: "campaign.not-under-way" } });
    expect(await on("resend")).toMatchObject({ status: 409, body: { code: "campaign.too-soon" } });
    expect(await service.deps.campaigns.due("2099-01-01T00:00:00.000Z", 1000)).not.toContain("at-rest");
  });

  it("is started once, however often that is asked for, and stands from then on", async () => {
    const { on, change } = await drafted("started");
    const answers = await Promise.all(Array.from({ length: 10 }, () => on("send", {})));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(new Set(answers.map(({ body }) => body.state))).toEqual(new Set(["freezing"]));
    expect(await change({ title: "Too late" })).toMatchObject({
      status: 409,
      body: { code: "campaign.started" },
    });
    expect(await on("send", { at: "2027-09-01T00:00:00Z" })).toMatchObject({
      status: 409,
      body: { code: "campaign.started" },
    });
    expect(await on("unschedule")).toMatchObject({ status: 409, body: { code: "campaign.begun" } });
  });

  it("is scheduled for an instant, and a draft again until that comes near", async () => {
    const { on, change, look } = await drafted("scheduled");
    const at = "2027-03-05T09:00:00+01:00";
    expect(await on("send", { at })).toMatchObject({
      status: 422,
      body: { fields: { at: expect.stringContaining("UTC") } },
    });
    const scheduled = await on("send", { at: "2027-03-05T09:00:00Z" });
    expect(scheduled.body).toMatchObject({ state: "scheduled", when: { at: "2027-03-05T09:00:00.000Z" } });
    expect((await on("send", { at: "2027-03-05T09:00:00.000Z" })).status).toBe(200);
    expect((await on("unschedule")).body).toMatchObject({ state: "draft" });
    expect((await on("unschedule")).status).toBe(200);
    expect((await change({ title: "Better" })).status).toBe(200);
    expect((await on("send", { local: "2027-03-05T09:00" })).body).toMatchObject({
      state: "scheduled",
      when: { local: "2027-03-05T09:00" },
      // An hour before nine o'clock in the zone that is 14 hours ahead.
      freezeAt: "2027-03-04T18:00:00.000Z",
    });
    expect((await on("pause")).body.state).toBe("paused");
    expect((await on("cancel")).body.state).toBe("cancelled");
    expect((await on("resume")).body.state).toBe("cancelled");
    expect((await look()).state).toBe("cancelled");
  });

  it.each([
    { at: "tomorrow" },
    { local: "2027-03-05" },
    { local: "2027-02-30T09:00" },
    { at: "2027-03-05T09:00:00Z", local: "2027-03-05T09:00" },
    { when: 1 },
  ])("is not started for %j", async (body) => {
    const { on, look } = await drafted("not-started");
    expect(await on("send", body)).toMatchObject({ status: 422, body: { code: "campaign.invalid" } });
    expect((await look()).state).toBe("draft");
  });
});

describe("GET /v1/campaigns", () => {
  it("lists all, the newest first", async () => {
    service.clock.set("2027-03-02T12:00:00.000Z");
    await post({ ...draft, id: "newest" });
    const { body } = await callApi(service, { path: "/v1/campaigns", key });
    const items = (body as unknown as { items: { id: string; state: string }[] }).items;
    expect(items[0]).toMatchObject({ id: "newest", state: "draft" });
    expect(items.map(({ id }) => id)).toContain("spring-news");
  });
});

describe("POST /v1/audience", () => {
  const count = (body: unknown) => callApi(service, { method: "POST", path: "/v1/audience", key, body });

  it("counts a segment, by zone", async () => {
    const people = [
      subscriber({ id: "sub_a", tags: ["rhit"] }),
      subscriber({ id: "sub_b", tags: ["rhit", "event"], zone: "Europe/Berlin" }),
      subscriber({ id: "sub_c" }),
      subscriber({ id: "sub_d", tags: ["rhit"], ...member("left") }),
      subscriber({ id: "sub_e", tags: ["rhit"], ...bounced }),
    ];
    for (const person of people) await service.deps.subscribers.create(person);
    await service.deps.enrolments.start({
      subscriberId: "sub_b",
      course: "records",
      run: 1,
      state: "walking",
      step: "school",
      previous: "welcome",
      dueAt: "2027-03-10T12:00:00.000Z",
      startedAt: "2027-03-01T12:00:00.000Z",
    });
    const zones = { "America/New_York": 1, "Europe/Berlin": 1 };
    expect(await count({ segment: { list: "records", tags: { any: ["rhit"] } } })).toMatchObject({
      status: 200,
      body: { recipients: 2, zones },
    });
    expect((await count({ segment: { list: "records" } })).body).toMatchObject({ recipients: 3 });
    const walking = { name: "records", last: ["welcome"] };
    expect((await count({ segment: { list: "records", course: walking } })).body).toMatchObject({
      recipients: 1,
    });
    expect((await count({ segment: { list: "digest" } })).body).toEqual({ recipients: 0, zones: {} });
  });

  it.each([{}, { segment: { list: "nobody" } }, { segment: { list: "records" }, cursor: "" }])(
    "refuses %j",
    async (body) => {
      expect(await count(body)).toMatchObject({ status: 422, body: { code: "campaign.invalid" } });
    },
  );
});

describe("campaigns that are not there", () => {
  it.each([
    ["GET", "/v1/campaigns/none"],
    ["PATCH", "/v1/campaigns/none"],
    ["POST", "/v1/campaigns/none/send"],
    ["POST", "/v1/campaigns/none/unschedule"],
    ["POST", "/v1/campaigns/none/pause"],
    ["POST", "/v1/campaigns/none/resume"],
    ["POST", "/v1/campaigns/none/cancel"],
    ["POST", "/v1/campaigns/none/resend"],
  ])("%s %s answers 404 and makes none", async (method, path) => {
    const answer = await callApi(service, { method, path, key, ...(method !== "GET" && { body: {} }) });
    expect(answer).toMatchObject({ status: 404, body: { code: "campaign.missing" } });
    expect(await service.deps.campaigns.load("none")).toBeUndefined();
  });
});
