import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { progressToken } from "../helpers/progress.ts";
import { join, tick } from "../helpers/walk.ts";
import { isWell } from "./is-well.ts";
import { openSite, type Site } from "./open-site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

const looks = (["light", "dark"] as const).flatMap((colorScheme) =>
  [360, 1200].map((width) => ({ colorScheme, width })),
);

describe.each(looks)("the pages of a course, $colorScheme, $width pixels wide", (look) => {
  const { colorScheme, width } = look;

  it("lead from the path to a step, its ticks, the end and a new start, with no barrier", async () => {
    site.service.clock.set("2027-03-01T12:00:00.000Z");
    const id = await join(site.service, `${colorScheme}-${width}@example.com`, { name: "Ada" });
    for (const at of ["2027-03-01T12:01", "2027-03-03T14:00", "2027-03-10T14:00"]) {
      site.service.clock.set(`${at}:00.000Z`);
      await tick(site.service);
    }
    const visit = await site.browser.newContext({
      colorScheme,
      viewport: { width, height: 800 },
    });
    const page = await visit.newPage();
    page.setDefaultTimeout(10_000);
    const press = (name: string) => page.getByRole("button", { name }).click();

    const path = `${site.url}/progress/${await progressToken(site.service, id)}`;
    await page.goto(path);
    await isWell(page, "Your progress");
    expect(await page.locator("script").count()).toBe(0);
    await page.getByRole("link", { name: "school" }).click();
    await isWell(page, "school");
    await page.getByRole("link", { name: "To your checklist" }).click();
    const box = await page.getByLabel("Buy the book").boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
    await page.getByLabel("Buy the book").check();
    await press("Save my ticks");
    await isWell(page, "school");
    expect(await page.getByRole("status").textContent()).toBe("Your ticks are saved.");
    expect(await page.getByLabel("Buy the book").isChecked()).toBe(true);
    await page.getByLabel("Enrol in a class").check();
    await press("Mark this step as done");
    await isWell(page, "Well done");
    await page.getByRole("link", { name: "read this step again" }).click();
    expect(await page.getByLabel("Enrol in a class").isChecked()).toBe(true);
    await page.getByRole("link", { name: "After: training" }).click();
    await page.getByLabel("Send me the next step tomorrow already").check();
    await press("Mark this step as done");
    await isWell(page, "You did it, Ada");
    await page.getByText("Take the course once more").click();
    await press("Start again at “welcome”");
    await isWell(page, "You start again at “welcome”");
    await page.goto(`${path}/courses/records/school`);
    await isWell(page, "school");
    expect(await page.getByText("from an earlier time").isVisible()).toBe(true);
    await page.goto(`${path}/courses/records/farewell`);
    await isWell(page, "This step has not come to you yet");
    await visit.close();
  });
});
