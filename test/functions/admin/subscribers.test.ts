import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiWith } from "../../helpers/api.ts";
import { adminKey } from "../../helpers/campaigns.ts";
import { keptRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { bounced, member, subscriber } from "../../helpers/subscribers.ts";
import { join } from "../../helpers/walk.ts";

let service: TestService;
let api: ReturnType<typeof apiWith>;
beforeAll(async () => {
  service = await startService();
  api = apiWith(service, await adminKey(service));
  for (let n = 10; n < 40; n++)
    await service.deps.subscribers.create(
      subscriber({ id: `sub_${n}`, address: `${n}@example.com`, tags: n % 3 ? [] : ["third"] }),
    );
  await service.deps.subscribers.create(
    subscriber({ id: "sub_left", ...member("left"), zone: "Europe/Berlin" }),
  );
  await service.deps.subscribers.create(subscriber({ id: "sub_bounced", ...bounced }));
});
afterAll(() => service.stop());

async function all(query: string): Promise<string[]> {
  const ids: string[] = [];
  for (let next: unknown = ""; next !== undefined; ) {
    const { status, body } = await api("GET", `/v1/subscribers?${query}${next ? `&cursor=${next}` : ""}`);
    expect(status).toBe(200);
    ids.push(...(body.items as { id: string }[]).map(({ id }) => id));
    next = body.next;
  }
  return ids.toSorted();
}

describe("GET /v1/subscribers", () => {
  it.each([1, 7, 32, 100])("lists everybody once, %i a page", async (limit) => {
    const ids = await all(`limit=${limit}`);
    expect(ids).toHaveLength(32);
    expect(new Set(ids).size).toBe(32);
  });

  it("shows whom a filter names", async () => {
    expect(await all("tag=third&limit=3")).toEqual(
      ["12", "15", "18", "21", "24", "27", "30", "33", "36", "39"].map((n) => `sub_${n}`),
    );
    expect(await all("status=left")).toEqual(["sub_left"]);
    expect(await all("status=suppressed")).toEqual(["sub_bounced"]);
    expect(await all("zone=Europe/Berlin")).toEqual(["sub_left"]);
    expect(await all("list=records&status=active&limit=100")).toHaveLength(30);
    expect(await all("list=nothing")).toEqual([]);
    expect((await api("GET", "/v1/subscribers?status=gone")).status).toBe(422);
  });
});

describe("a subscriber", () => {
  it("is found by an address in the body, however it is spelled", async () => {
    const id = await join(service, "Ada@example.com");
    expect(await api("POST", "/v1/subscribers/find", { address: " ada@example.COM" })).toMatchObject({
      status: 200,
      body: { id, address: "Ada@example.com", status: "active", confirmedAt: expect.any(String) },
    });
    expect((await api("POST", "/v1/subscribers/find", { address: "bob@example.com" })).status).toBe(404);
    for (const address of ["", "bob", "sub_10"])
      expect((await api("POST", "/v1/subscribers/find", { address })).status).toBe(422);
  });

  it("is changed where an admin may, and planned anew for another zone", async () => {
    const path = "/v1/subscribers/sub_10";
    const change = {
      name: " Grace  Hopper ",
      zone: "Europe/Berlin",
      tags: ["b", "a", "b"],
      topics: ["coding"],
    };
    expect(await api("PATCH", path, change)).toMatchObject({
      status: 200,
      body: { name: "Grace Hopper", zone: "Europe/Berlin", tags: ["a", "b"], topics: ["coding"] },
    });
    const stored = await service.deps.subscribers.load("sub_10");
    expect(stored?.todo.replan).toBeUndefined();
    const rev = stored?.rev;
    await api("PATCH", path, change);
    expect((await service.deps.subscribers.load("sub_10"))?.rev).toBe(rev);
    const cleared = await api("PATCH", path, {
      tags: [],
      topics: ["coding", "privacy", "regulation", "records-technology", "careers"],
    });
    expect(cleared.body).not.toHaveProperty("tags");
    expect(cleared.body).not.toHaveProperty("topics");
  });

  it.each([
    { name: "Win at www.example.com" },
    { name: "x".repeat(121) },
    { zone: "Mars/Base" },
    { tags: ["Two Words"] },
    { tags: Array.from({ length: 31 }, (_, n) => `tag-${n}`) },
    { topics: [] },
    { topics: ["gossip"] },
    { address: "other@example.com" },
    { lists: {} },
  ])("is not changed to %j", async (change) => {
    const before = await keptRows(service);
    const { status, body } = await api("PATCH", "/v1/subscribers/sub_11", change);
    expect(status).toBe(422);
    expect(Object.keys(body.fields as object)).toEqual(Object.keys(change));
    expect(await keptRows(service)).toEqual(before);
  });

  it("is taken off one list or all, and nobody is put on any", async () => {
    const left = await api("POST", "/v1/subscribers/sub_12/leave", { list: "records" });
    expect(left.body).toMatchObject({ status: "left", lists: { records: { state: "left" } } });
    expect((await api("POST", "/v1/subscribers/sub_13/leave", {})).body).toMatchObject({ status: "left" });
    expect((await api("POST", "/v1/subscribers/sub_13/leave", { list: "unheard-of" })).status).toBe(200);
  });

  it("is erased, and gone", async () => {
    const id = await join(service, "gone@example.com");
    expect(await api("DELETE", `/v1/subscribers/${id}`)).toMatchObject({
      status: 200,
      body: { id, status: "erased" },
    });
    expect((await api("GET", `/v1/subscribers/${id}`)).status).toBe(404);
    expect((await api("DELETE", `/v1/subscribers/${id}`)).status).toBe(404);
    expect((await api("PATCH", `/v1/subscribers/${id}`, { name: "x" })).status).toBe(404);
    expect(JSON.stringify(await keptRows(service))).not.toContain("gone@example.com");
  });

  it("has a timeline, mails and events, in pages", async () => {
    const id = await join(service, "timeline@example.com");
    const timeline = await api("GET", `/v1/subscribers/${id}/timeline`);
    expect(timeline.body).toMatchObject({
      subscriber: { status: "active" },
      deliveries: [{ mailing: expect.stringContaining("confirm_") }],
    });
    const [mailing = ""] = (timeline.body.deliveries as { mailing: string }[]).map((row) => row.mailing);
    await service.deps.deliveries.noteEvent(
      { subscriberId: id, mailing },
      { type: "delivered", at: "2027-03-01T12:00:05.000Z", messageId: "m" },
    );
    const mails = await api("GET", `/v1/subscribers/${id}/deliveries?limit=1`);
    expect(mails.body).toMatchObject({ items: [{ mailing, state: "sent" }] });
    const events = `/v1/events?subscriber=${id}`;
    expect((await api("GET", events)).body).toMatchObject({
      items: [{ subscriber: id, mailing, type: "delivered", at: "2027-03-01T12:00:05.000Z" }],
    });
    expect((await api("GET", `${events}&type=bounced`)).body).toEqual({ items: [] });
    expect((await api("GET", `${events}&type=danced`)).status).toBe(422);
    expect((await api("GET", "/v1/events")).status).toBe(422);
  });
});
