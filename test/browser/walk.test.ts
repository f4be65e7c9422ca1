import { readFile } from "node:fs/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorld, type World } from "../helpers/world.ts";
import { findBarriers } from "./find-barriers.ts";
import { openBrowser } from "./open-browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

const looks = [
  { width: 360, colorScheme: "light", javaScriptEnabled: true },
  { width: 360, colorScheme: "dark", javaScriptEnabled: false },
  { width: 1200, colorScheme: "dark", javaScriptEnabled: true },
  { width: 1200, colorScheme: "light", javaScriptEnabled: false },
] as const;

describe.each(looks)(
  "a subscriber, $width pixels wide, $colorScheme, scripts $javaScriptEnabled",
  ({ width, colorScheme, javaScriptEnabled }) => {
    const email = "ada@example.com";
    let world: World;
    let visit: BrowserContext;
    let page: Page;
    beforeAll(async () => {
      world = await startWorld();
      visit = await browser.newContext({
        colorScheme,
        javaScriptEnabled,
        viewport: { width, height: 800 },
        timezoneId: "Europe/London",
        acceptDownloads: true,
      });
      page = await visit.newPage();
      page.setDefaultTimeout(10_000);
    });
    afterAll(async () => {
      await visit?.close();
      await world?.close();
    });

    const press = (name: string | RegExp) => page.getByRole("button", { name }).click();
    const follow = (name: string | RegExp) => page.getByRole("link", { name }).first().click();

    /** The page has this heading, nothing sticks out of it, and nothing in it is in anybody's way. */
    async function sees(heading: string | RegExp): Promise<void> {
      await page.getByRole("heading", { level: 1, name: heading }).waitFor();
      const overflow = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
      expect(overflow, `${page.url().split("/")[3]} is too wide`).toBeLessThanOrEqual(0);
      // The same markup without scripts, under which axe's own timers stand still.
      if (javaScriptEnabled) expect(await findBarriers(page)).toEqual([]);
    }

    /** Opens the newest mail in the inbox, and follows a link in it. */
    async function followInMail(link: string | RegExp): Promise<void> {
      await world.runtime.idle();
      await page.goto(world.inbox);
      await page.getByRole("main").getByRole("list").getByRole("link").first().click();
      const html = await page.getByRole("link", { name: "Open by itself" }).getAttribute("href");
      await page.goto(new URL(html ?? "", world.inbox).href);
      const target = await page.getByRole("link", { name: link }).first().getAttribute("href");
      await page.goto(target ?? "");
    }

    it("signs up, and finds the confirmation in the inbox", async () => {
      await page.goto(world.app);
      await sees(/Six steps/);
      await page.getByLabel("First name").fill("Ada");
      await page.getByLabel("E-mail address").fill(email);
      if (javaScriptEnabled) expect(await page.getByLabel("Time zone").inputValue()).toBe("Europe/London");
      await page.getByLabel(/digest/).check();
      // Nobody fills in a form within two seconds.
      await world.afterHours(0.01);
      await press("Sign up");
      await sees("Check your inbox");
      await followInMail("Confirm my address");
      await sees(/confirm/i);
      await press("Confirm my address");
      await sees("You are on the list");
    });

    it("reads a step again, ticks a task, and finishes it early", async () => {
      await world.until("2027-03-03T20:00:00.000Z");
      await followInMail(/done/i);
      await sees("Finish school");
      const task = page.getByRole("group", { name: "Your checklist" }).getByRole("checkbox").first();
      await task.check();
      await press("Save my ticks");
      await sees("Finish school");
      expect(await task.isChecked()).toBe(true);
      await page.getByLabel(/Send me the next step/).check();
      await press("Mark this step as done");
      await sees("Well done");
      await world.until("2027-03-04T20:00:00.000Z");
      expect(await world.mail(email, `course_${world.course}_run-1_training`)).toBeDefined();
    });

    it("pauses, and gets nothing until the pause ends", async () => {
      await follow("Settings");
      await sees("Pace and preferences");
      await page.locator("form[action$=pause] input[type=date]").fill("2027-04-01");
      await press("Pause until then");
      await sees("Pace and preferences");
      expect(await page.getByText(/paused until/i).count()).toBeGreaterThan(0);
      const mails = world.runtime.ses?.mails().length;
      await world.until("2027-03-31T00:00:00.000Z");
      expect(world.runtime.ses?.mails().length).toBe(mails);
      await world.until("2027-04-03T00:00:00.000Z");
      expect(world.count(email, `course_${world.course}_run-1_practice`)).toBe(1);
    });

    it("changes pace, day, hour and zone, and the next step comes by them", async () => {
      await page.getByLabel("Faster").check();
      await page.getByLabel(/day of the week/).selectOption("sat");
      await page.getByLabel(/time of the day/).selectOption("18");
      await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
      await press("Save the pace");
      await sees("Pace and preferences");
      expect(await page.getByLabel("Time zone").inputValue()).toBe("Asia/Tokyo");
      await world.until("2027-04-10T08:59:00.000Z");
      expect(world.count(email, `course_${world.course}_run-1_certification`)).toBe(0);
      // Six o'clock on a Saturday evening in Tokyo.
      await world.until("2027-04-10T10:00:00.000Z");
      expect(world.count(email, `course_${world.course}_run-1_certification`)).toBe(1);
    });

    it("takes out a copy of everything, and has everything erased", async () => {
      await follow("Data");
      await sees("Your data");
      await press("Send me a link");
      await sees("Look into your mailbox");
      await followInMail(/data/i);
      await sees("Your data");
      const download = page.waitForEvent("download");
      await press("Download my data");
      const copy = await readFile(await (await download).path(), "utf8");
      expect(copy).toContain(email);
      await page.getByLabel(/erase everything about me/i).check();
      await press("Erase everything");
      await sees(/erased/i);
      await world.afterHours(1);
      expect(JSON.stringify([...(await world.rows()).values()])).not.toMatch(/ada/i);
    });
  },
);
