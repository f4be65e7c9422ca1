import type { LambdaEvent } from "hono/aws-lambda";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { topics } from "../../core/catalogue.ts";
import { editionOf } from "../../core/digest/edition.ts";
import { handler } from "../../functions/http/handler.ts";
import { type Gateway, startGateway } from "../../local/gateway.ts";
import { context } from "../helpers/events.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { findBarriers } from "./find-barriers.ts";
import { openBrowser } from "./open-browser.ts";

let service: TestService;
let gateway: Gateway;
let browser: Browser;
const firstSeenAt = "2027-03-03T08:00:00.000Z";
beforeAll(async () => {
  service = await startService({ at: "2027-03-10T12:00:00.000Z" });
  gateway = await startGateway({
    port: 0,
    clock: service.clock,
    report: (error) => console.error(error),
    invoke: (event) => handler.with(service.depsOf("http"))(event as LambdaEvent, context),
  });
  for (const topic of topics)
    await service.depsOf("poll-feed").feeds.addItem({
      feedId: "f",
      key: topic,
      title: `${topic} ${"Donaudampfschiff".repeat(11)}`,
      url: `https://news.example/${topic}`,
      summary: "What happened, in a sentence or two.",
      topic,
      source: "A journal",
      ceHours: 1.5,
      firstSeenAt,
      edition: editionOf(firstSeenAt),
    });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await gateway?.close();
  await service?.stop();
});

const looks = (["light", "dark"] as const).flatMap((colorScheme) =>
  [360, 1200].map((width) => ({ colorScheme, width })),
);

describe.each(looks)("the archive, $colorScheme, $width pixels wide", ({ colorScheme, width }) => {
  it("leads from the front page over the weeks to a topic and the next one, with no barrier", async () => {
    const visit = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    const page = await visit.newPage();
    await page.goto(gateway.url);
    await page.getByRole("link", { name: "News of past weeks" }).click();
    await isWell(page, "News of past weeks");
    await page.getByRole("link", { name: "Coding" }).click();
    await isWell(page, "Coding");
    expect(await page.getByText("1.5 CE hours · A journal · March 3, 2027").count()).toBe(1);
    await page.getByRole("link", { name: "Careers" }).click();
    await isWell(page, "Careers");
    await page.goto(`${gateway.url}/news/2027-W11/coding`);
    await isWell(page, "There is no such page of news");
    expect(await visit.cookies()).toEqual([]);
    await visit.close();
  });
});

/** Whether a page has its heading, no barrier, and nothing that is wider than the window. */
async function isWell(page: Page, heading: string): Promise<void> {
  await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
  expect(await page.locator("script").count()).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
  const root = "document.documentElement";
  expect(await page.evaluate(`${root}.scrollWidth <= ${root}.clientWidth`)).toBe(true);
}
