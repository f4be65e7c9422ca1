import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCalendar } from "../core/reminder/read-calendar.ts";
import { progressToken } from "../helpers/progress.ts";
import { join, tick } from "../helpers/walk.ts";
import { isWell } from "./is-well.ts";
import { openSite, type Site } from "./open-site.ts";

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site?.close());

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
      const id = await join(site.service, `${colorScheme}-${width}@example.com`, { name: "Ada" });
      await tick(site.service);
      const visit = await site.browser.newContext({
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

      await page.goto(`${site.url}/progress/${await progressToken(site.service, id)}`);
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
