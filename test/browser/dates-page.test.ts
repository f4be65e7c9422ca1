import { readFile } from "node:fs/promises";
import type { LambdaEvent } from "hono/aws-lambda";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handler } from "../../functions/http/handler.ts";
import { type Gateway, startGateway } from "../../local/gateway.ts";
import { readCalendar } from "../core/reminder/read-calendar.ts";
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

const looks = [
  { width: 360, colorScheme: "light", javaScriptEnabled: false },
  { width: 360, colorScheme: "dark", javaScriptEnabled: true },
  { width: 1200, colorScheme: "light", javaScriptEnabled: true },
  { width: 1200, colorScheme: "dark", javaScriptEnabled: false },
] as const;

describe.each(looks)(
  "dates and hours, $width pixels wide, $colorScheme, scripts $javaScriptEnabled",
  (look) => {
    const { width, colorScheme, javaScriptEnabled } = look;

    it("are set, logged, taken into a calendar and done, with no barrier", async () => {
      const id = await join(service, `${colorScheme}-${width}@example.com`, { name: "Ada" });
      await tick(service);
      const visit = await browser.newContext({
        colorScheme,
        javaScriptEnabled,
        viewport: { width, height: 800 },
        acceptDownloads: true,
      });
      const page = await visit.newPage();
      page.setDefaultTimeout(10_000);
      const sees = (heading: string) => isWell(page, heading, javaScriptEnabled);
      const press = (name: string | RegExp) => page.getByRole("button", { name }).click();
      const open = (name: string) => page.locator("summary", { hasText: name }).click();

      await page.goto(`${gateway.url}/progress/${await progressToken(service, id)}`);
      await sees("Your progress");
      await page.getByRole("link", { name: "Add a date" }).click();
      await sees("Dates and hours");
      await page.getByLabel("What is it?").selectOption("renewal");
      await page.getByLabel("Which credential").selectOption("rhit");
      await page.getByLabel("Which day?").fill("2027-02-01");
      await press("Add this date");
      await sees("Please check the form");
      await page.getByRole("alert").getByRole("link").click();
      expect(await page.getByLabel("Which credential").inputValue()).toBe("rhit");
      await page.getByLabel("Which day?").fill("2027-11-01");
      await press("Add this date");
      await sees("Dates and hours");
      expect(await page.getByText("The next reminder comes on Tuesday, August 3.").count()).toBe(1);

      for (const [hours, category] of [
        ["5", "own:AHIMA"],
        ["7.5", "other"],
      ] as const) {
        await open("Log hours");
        await page.getByLabel("How many hours?").fill(hours);
        await page.getByLabel("What did you do?").fill("Webinar on coding updates");
        await page.getByLabel("With whom?").selectOption(category);
        await press("Log these hours");
        await sees("Dates and hours");
      }
      expect(await page.getByText("12.5 of 20 hours").count()).toBe(1);
      await open("What you have logged");
      await sees("Dates and hours");
      await page.getByRole("button", { name: "Remove Webinar" }).first().click();
      expect(await page.getByText("12.5 of 20 hours").count()).toBe(0);

      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: /^All of them/ }).click();
      expect((await download).suggestedFilename()).toBe("dates.ics");
      const [event] = readCalendar(await readFile(await (await download).path(), "utf8"));
      expect(event?.properties.get("SUMMARY")).toBe("RHIT renewal");
      expect(event?.alarms).toHaveLength(5);

      await press("Done RHIT renewal");
      await sees("Renewed anyway?");
      await press("Yes, it is renewed");
      await sees("Dates and hours");
      expect(await page.getByText("November 1, 2029. The next reminder comes on").count()).toBe(1);
      await page.getByRole("link", { name: "Progress", exact: true }).click();
      await sees("Your progress");
      expect(await page.getByText("RHIT: 0 of 20 hours").count()).toBe(1);
      await visit.close();
    });
  },
);

/** The page has this heading, nothing sticks out of it, and nothing in it is in anybody's way. */
async function isWell(page: Page, heading: string, hasScripts: boolean): Promise<void> {
  await page.getByRole("heading", { level: 1, name: heading }).waitFor();
  const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
  expect(overflow, heading).toBeLessThanOrEqual(0);
  // The same markup without scripts, under which axe's own timers stand still.
  if (hasScripts) expect(await findBarriers(page)).toEqual([]);
}
