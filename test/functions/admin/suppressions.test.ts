import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hashAddress } from "../../../core/subscriber/address.ts";
import { suppress } from "../../../core/subscriber/suppress.ts";
import { handler as recordEvents } from "../../../functions/queue/record-events.ts";
import { apiWith } from "../../helpers/api.ts";
import { adminKey } from "../../helpers/campaigns.ts";
import { sqsEvent } from "../../helpers/events.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, received, signUp, tick } from "../../helpers/walk.ts";

const start = "2027-03-01T12:00:00.000Z";
let service: TestService;
let api: ReturnType<typeof apiWith>;
beforeAll(async () => {
  service = await startService({ at: start });
  api = apiWith(service, await adminKey(service));
});
afterAll(() => service.stop());
beforeEach(() => service.clock.set(start));

const path = "/v1/suppressions";
const remove = (address: string, reason?: string) =>
  api("POST", `${path}/remove`, { address, ...(reason && { reason }) });
const personOf = (id: string) => service.deps.subscribers.load(id);
async function onSes(address: string): Promise<boolean> {
  const answer = await fetch(`${service.ses.url}/v2/email/suppression/addresses/${address}`, {
    headers: { authorization: "AWS4-HMAC-SHA256 Credential=operator/20270301/us-east-1/ses/aws4_request" },
  });
  return answer.status === 200;
}

describe("/v1/suppressions", () => {
  it("stops mail to a reader and to nobody's address, here and at SES, and lifts it again", async () => {
    const id = await join(service, "reader@example.com");
    expect(await api("POST", path, { address: "Reader@Example.com" })).toEqual({
      status: 201,
      body: { id: expect.any(String), reason: "manual", since: start, subscriberId: id },
    });
    expect(await personOf(id)).toMatchObject({ suppressed: { reason: "manual", since: start } });
    expect(await onSes("reader@example.com")).toBe(true);
    await tick(service);
    const before = received(service, "reader@example.com");
    expect(before).not.toContain("course_records_run-1_welcome");

    expect((await api("POST", path, { address: "nobody@example.com" })).status).toBe(201);
    await signUp(service, "nobody@example.com");
    expect(received(service, "nobody@example.com")).toEqual([]);
    service.clock.set("2027-03-02T12:00:00.000Z");
    expect(await api("POST", path, { address: "nobody@example.com" })).toEqual({
      status: 200,
      body: { id: expect.any(String), reason: "manual", since: start },
    });

    expect(await remove("reader@example.com")).toEqual({
      status: 200,
      body: { id: expect.any(String), status: "removed", was: "manual", subscriberId: id },
    });
    expect((await personOf(id))?.suppressed).toBeUndefined();
    expect(await onSes("reader@example.com")).toBe(false);
    await tick(service);
    expect(received(service, "reader@example.com")).toContain("course_records_run-1_welcome");
    expect((await remove("nobody@example.com")).body).toMatchObject({ status: "removed", was: "manual" });
    expect(await remove("nobody@example.com")).toMatchObject({
      status: 404,
      body: { code: "suppression.missing" },
    });
  });

  it("lifts a complaint for a reason alone, whatever else was found before or since", async () => {
    const id = await join(service, "angry@example.com");
    await suppress(service.deps, id, "bounce", "2027-02-01T12:00:00.000Z");
    await suppress(service.deps, id, "complaint", start);
    await api("POST", path, { address: "angry@example.com" });
    for (const reason of [undefined, "because"])
      expect(await remove("angry@example.com", reason)).toMatchObject({
        status: 422,
        body: { code: "suppression.invalid", fields: { reason: expect.stringContaining("complained") } },
      });
    expect((await personOf(id))?.suppressed?.reason).toBe("complaint");
    expect(await onSes("angry@example.com")).toBe(true);
    const lifted = await remove("angry@example.com", "Called us: it was a mistake");
    expect(lifted.body).toMatchObject({ status: "removed", was: "complaint", subscriberId: id });
    const { body: audited } = await api("GET", "/v1/audit?day=2027-03-01");
    expect(audited.items).toContainEqual(
      expect.objectContaining({
        ...{ action: "suppressions.remove", subject: lifted.body.id, status: 200 },
        reason: "Called us: it was a mistake",
      }),
    );
    expect(JSON.stringify(audited)).not.toContain("angry");
    expect((await personOf(id))?.suppressed).toBeUndefined();
  });

  it("forgets old bounces: the next one is the first", async () => {
    const id = await join(service, "bouncy@example.com");
    const person = await personOf(id);
    if (!person) throw new Error("nobody");
    await service.deps.subscribers.replace({ ...person, softBounces: [start, start] });
    await suppress(service.deps, id, "bounce", start);
    await remove("bouncy@example.com");
    expect((await personOf(id))?.softBounces).toEqual([]);
  });

  it("takes an address off SES's list that we know nothing of", async () => {
    await service.deps.accountSuppressions.add("elsewhere@example.com");
    expect((await remove("elsewhere@example.com")).body).toEqual({
      id: expect.any(String),
      status: "removed",
    });
    expect(await onSes("elsewhere@example.com")).toBe(false);
  });

  it("mail to an address on SES's list comes back as the bounce that AWS sends, and suppresses here", async () => {
    const id = await join(service, "listed@example.com");
    await service.deps.accountSuppressions.add("listed@example.com");
    const seen = service.events.length;
    await tick(service);
    await expect
      .poll(() => service.events.slice(seen).map((event) => event.detail.eventType))
      .toContain("Bounce");
    const bounce = service.events.slice(seen).find(({ detail }) => detail.eventType === "Bounce");
    expect(bounce?.detail).toMatchObject({
      bounce: { bounceType: "Permanent", bounceSubType: "OnAccountSuppressionList" },
    });
    await recordEvents.with(service.depsOf("record-events"))(sqsEvent(bounce));
    expect((await personOf(id))?.suppressed?.reason).toBe("bounce");
  });

  it("lists them page by page from the index, with the addresses of people who are still there", async () => {
    const { hash } = await service.deps.keys.ring();
    const unknown = hashAddress(hash, "unknown@example.com");
    await service.deps.suppressions.add(unknown, { reason: "bounce", since: start });
    const seen: Record<string, unknown>[] = [];
    let next: unknown;
    do {
      const { status, body } = await api(
        "GET",
        `${path}?limit=2${next === undefined ? "" : `&cursor=${next}`}`,
      );
      expect(status).toBe(200);
      expect((body.items as unknown[]).length).toBeLessThanOrEqual(2);
      seen.push(...(body.items as Record<string, unknown>[]));
      next = body.next;
    } while (next !== undefined);
    const rows = (await allRows(service)).filter(({ sk }) => sk === "SUPPRESS");
    expect(seen.map(({ id }) => `SUPPRESS#${id}`)).toEqual(rows.map(({ pk }) => String(pk)).toSorted());
    expect(seen).toContainEqual({ id: unknown, reason: "bounce", since: start });
    expect(seen.map(({ address }) => address)).toContain("listed@example.com");
  });

  it.each([
    ["GET", "?limit=0", undefined, { limit: "Write a number from 1 to 100." }],
    ["GET", "?limit=many", undefined, { limit: expect.any(String) }],
    ["GET", "?cursor=a%20b", undefined, { cursor: expect.stringContaining("as the page before told it") }],
    ["POST", "", { address: "nobody" }, { address: expect.stringContaining("one e-mail address") }],
    ["POST", "", {}, { address: expect.any(String) }],
    ["POST", "/remove", { address: "nobody" }, { address: expect.stringContaining("one e-mail address") }],
    [
      "POST",
      "/remove",
      { address: "a@example.com", why: "x" },
      { why: expect.stringContaining("no such field") },
    ],
  ])("refuses %s %s %j", async (method, query, body, fields) => {
    expect(await api(method, `${path}${query}`, body)).toMatchObject({
      status: 422,
      body: { code: method === "GET" ? "query.invalid" : "suppression.invalid", fields },
    });
  });

  it("is looked at by viewers, and changed by owners alone", async () => {
    const viewer = apiWith(service, await adminKey(service, "viewer"));
    expect((await viewer("GET", path)).status).toBe(200);
    expect((await viewer("POST", path, { address: "a@example.com" })).status).toBe(403);
    expect((await viewer("POST", `${path}/remove`, { address: "a@example.com" })).status).toBe(403);
    expect((await apiWith(service, undefined)("GET", path)).status).toBe(401);
  });
});
