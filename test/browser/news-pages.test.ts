import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { topics } from "../../core/catalogue.ts";
import { editionOf } from "../../core/digest/edition.ts";
import { isWell } from "./is-well.ts";
import { openSite, type Site } from "./open-site.ts";

const firstSeenAt = "2027-03-03T08:00:00.000Z";
let site: Site;
beforeAll(async () => {
  site = await openSite("2027-03-10T12:00:00.000Z");
  for (const topic of topics)
    await site.service.depsOf("poll-feed").feeds.addItem({
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
});
afterAll(() => site?.close());

const looks = (["light", "dark"] as const).flatMap((colorScheme) =>
  [360, 1200].map((width) => ({ colorScheme, width })),
);

describe.each(looks)("the archive, $colorScheme, $width pixels wide", ({ colorScheme, width }) => {
  it("leads from the front page over the weeks to a topic and the next one, with no barrier", async () => {
    const visit = await site.browser.newContext({ colorScheme, viewport: { width, height: 800 } });
    const page = await visit.newPage();
    await page.goto(site.url);
    await page.getByRole("link", { name: "News of past weeks" }).click();
    await isWell(page, "News of past weeks");
    await page.getByRole("link", { name: "Coding" }).click();
    await isWell(page, "Coding");
    expect(await page.getByText("1.5 CE hours · A journal · March 3, 2027").count()).toBe(1);
    await page.getByRole("link", { name: "Careers" }).click();
    await isWell(page, "Careers");
    await page.goto(`${site.url}/news/2027-W11/coding`);
    await isWell(page, "There is no such page of news");
    expect(await visit.cookies()).toEqual([]);
    await visit.close();
  });
});
