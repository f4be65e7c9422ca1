import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Topic } from "../../../core/catalogue.ts";
import { editionOf } from "../../../core/digest/edition.ts";
import { handler } from "../../../functions/admin/handler.ts";
import { adminKey } from "../../helpers/campaigns.ts";
import { context, httpEvent } from "../../helpers/events.ts";
import { keptRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";

let service: TestService;
let key: string;
beforeAll(async () => {
  // The edition of March 22 is being collected; that of a month was March 1, the next is April 5.
  service = await startService({ at: "2027-03-17T12:00:00.000Z" });
  key = await adminKey(service, "viewer");
  for (let n = 0; n < 14; n++) await add(`now-${n}`, "2027-03-16T08:00:00.000Z");
  await add("job", "2027-03-16T08:00:00.000Z", "careers");
  await add("before", "2027-03-10T08:00:00.000Z");
  await add("held", "2027-02-27T08:00:00.000Z");
});
afterAll(() => service.stop());

async function add(name: string, firstSeenAt: string, topic: Topic = "coding"): Promise<void> {
  await service.depsOf("poll-feed").feeds.addItem({
    feedId: "coding",
    key: name,
    title: `News ${name}`,
    url: `https://news.example/${name}`,
    summary: "",
    topic,
    source: "The Coding Corner",
    firstSeenAt,
    edition: editionOf(firstSeenAt),
    ...(name === "before" && { score: 9 }),
  });
}

async function preview(query = "", authorization = `Bearer ${key}`) {
  const event = httpEvent({ path: `/v1/digest/preview${query}`, headers: { authorization } });
  const { statusCode, body } = await handler.with(service.depsOf("admin"))(event, context);
  return { status: statusCode, body: JSON.parse(String(body)) };
}

describe("the preview of the digest", () => {
  it("is what goes next if it is cut now: both parts, what it shows, and how many it leaves to the archive", async () => {
    const before = await keptRows(service);
    const { status, body } = await preview();
    expect(status).toBe(200);
    expect(body).toMatchObject({
      editions: ["2027-W12"],
      subject: "The week’s news, March 22, 2027",
      beyond: 3,
    });
    expect(body.items).toHaveLength(12);
    expect(body.html).toContain("3 more from that week");
    expect(body.text).toContain("3 more from that week");
    expect(body.html).toContain('href="https://steps.example/unsubscribe/preview"');
    expect(body.html).not.toContain("{{");
    expect(await keptRows(service)).toEqual(before);
  });

  it("is that of a month and of some topics, where that is asked for", async () => {
    const { body } = await preview("?topics=careers,coding&every=month");
    expect(body).toMatchObject({ editions: ["2027-W10", "2027-W11", "2027-W12"], beyond: 4 });
    expect(body.items[0]).toMatchObject({ title: "News before", edition: "2027-W11" });
    expect(JSON.stringify(body)).not.toContain("News held");
    const careers = await preview("?topics=careers");
    expect(careers.body.items).toMatchObject([{ title: "News job" }]);
  });

  it("is empty where nothing has come", async () => {
    const { status, body } = await preview("?topics=privacy");
    expect(status).toBe(200);
    expect(body).toMatchObject({ items: [], beyond: 0 });
  });

  it("is for admins alone, and says what there is to choose", async () => {
    expect((await preview("", "")).status).toBe(401);
    const { status, body } = await preview("?topics=gossip&every=day");
    expect(status).toBe(422);
    expect(body).toEqual({
      code: "preview.invalid",
      detail: "Correct these fields.",
      status: 422,
      title: "Some fields are wrong",
      type: "urn:stepletter:problem:preview.invalid",
      fields: {
        topics:
          "Name topics of these, parted by commas: coding, privacy, regulation, records-technology, careers.",
        every: "Choose one of: week, month.",
      },
    });
    expect((await preview("?topics=")).status).toBe(422);
  });
});
