import type { LambdaEvent } from "hono/aws-lambda";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handler } from "../../functions/http/handler.ts";
import { type Gateway, startGateway } from "../../local/gateway.ts";
import { context } from "../helpers/events.ts";
import { progressToken } from "../helpers/progress.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { join, tick } from "../helpers/walk.ts";
import { findBarriers } from "./find-barriers.ts";
import { openBrowser } from "./open-browser.ts";

let service: TestService;
let gateway: Gateway;
let browser: Browser;
beforeAll(async () => {
  service = await startService();
  gateway = await startGateway({
    port: 0,
    clock: service.clock,
    report: (error) => console.error(error),
    invoke: (event) => handler.with(service.depsOf("http"))(event as LambdaEvent, context),
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

describe.each(looks)("the pages of a course, $colorScheme, $width pixels wide", (look) => {
  const { colorScheme, width } = look;

  it("lead from the path to a step, its ticks, the end and a new start, with no barrier", async () => {
    service.clock.set("2027-03-01T12:00:00.000Z");
    const id = await join(service, `${colorScheme}-${width}@example.com`, { name: "Ada" });
    for (const at of ["2027-03-01T12:01", "2027-03-03T14:00", "2027-03-10T14:00"]) {
      service.clock.set(`${at}:00.000Z`);
      await tick(service);
    }
    const visit = await browser.newContext({
      colorScheme,
      viewport: { width, height: 800 },
    });
    const page = await visit.newPage();
    page.setDefaultTimeout(10_000);
    const press = (name: string) => page.getByRole("button", { name }).click();

    const path = `${gateway.url}/progress/${await progressToken(service, id)}`;
    await page.goto(path);
    await sees(page, "Your progress");
    expect(await page.locator("script").count()).toBe(0);
    await page.getByRole("link", { name: "school" }).click();
    await sees(page, "school");
    await page.getByRole("link", { name: "To your checklist" }).click();
    const box = await page.getByLabel("Buy the book").boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(24);
    await page.getByLabel("Buy the book").check();
    await press("Save my ticks");
    await sees(page, "school");
    expect(await page.getByRole("status").textContent()).toBe("Your ticks are saved.");
    expect(await page.getByLabel("Buy the book").isChecked()).toBe(true);
    await page.getByLabel("Enrol in a class").check();
    await press("Mark this step as done");
    await sees(page, "Well done");
    await page.getByRole("link", { name: "read this step again" }).click();
    expect(await page.getByLabel("Enrol in a class").isChecked()).toBe(true);
    await page.getByRole("link", { name: "After: training" }).click();
    await page.getByLabel("Send me the next step tomorrow already").check();
    await press("Mark this step as done");
    await sees(page, "You did it, Ada");
    await page.getByText("Take the course once more").click();
    await press("Start again at “welcome”");
    await sees(page, "You start again at “welcome”");
    await page.goto(`${path}/courses/records/school`);
    await sees(page, "school");
    expect(await page.getByText("from an earlier time").isVisible()).toBe(true);
    await page.goto(`${path}/courses/records/farewell`);
    await sees(page, "This step has not come to you yet");
    await visit.close();
  });
});

async function sees(page: Page, heading: string): Promise<void> {
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(heading);
  expect(await findBarriers(page)).toEqual([]);
  const sizes = await page.locator("html").evaluate((root) => [root.scrollWidth, root.clientWidth]);
  expect(sizes[0]).toBeLessThanOrEqual(sizes[1] ?? 0);
}
