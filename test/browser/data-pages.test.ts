import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tokenIn } from "../helpers/account.ts";
import { progressToken } from "../helpers/progress.ts";
import { join, sendAll, tick } from "../helpers/walk.ts";
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

describe.each(looks)("the pages of one's data, $colorScheme, $width pixels wide", (look) => {
  const { colorScheme, width } = look;

  it("lead from the progress link to a copy, a new address and the end, with no barrier", async () => {
    const email = `${colorScheme}-${width}@example.com`;
    const next = `next-${email}`;
    const id = await join(site.service, email, { name: "Ada" });
    await tick(site.service);
    const visit = await site.browser.newContext({
      colorScheme,
      viewport: { width, height: 800 },
    });
    const page = await visit.newPage();
    const sees = (heading: string) => isWell(page, heading);
    const press = (name: string) => page.getByRole("button", { name }).click();

    await page.goto(`${site.url}/progress/${await progressToken(site.service, id)}/data`);
    await sees("Your data");
    await press("Send me a link");
    await sees("Look into your mailbox");
    await sendAll(site.service);
    const account = `${site.url}/account/${await tokenIn(site.service, email, "account")}`;
    await page.goto(account);
    await sees("Your data");
    const download = page.waitForEvent("download");
    await press("Download my data");
    expect((await download).suggestedFilename()).toBe("stepletter-data.json");

    await page.getByLabel("New e-mail address").fill("nowhere");
    await press("Send a link to that address");
    await sees("Your data");
    await page.getByRole("alert").getByRole("link").click();
    expect(await page.getByLabel("New e-mail address").inputValue()).toBe("nowhere");
    await page.getByLabel("New e-mail address").fill(next);
    await press("Send a link to that address");
    await sees("Look into your new mailbox");
    await sendAll(site.service);
    await page.goto(`${site.url}/address/${await tokenIn(site.service, next, "address")}`);
    await sees("One press to confirm");
    await press("Confirm this address");
    await sees("Your address is changed");

    // It went to the old address, whose mailbox others may read by now.
    await page.goto(account);
    await sees("This link has expired");
    site.service.clock.pass(20 * 60);
    await page.goto(`${site.url}/progress/${await progressToken(site.service, id)}/data`);
    await press("Send me a link");
    await sees("Look into your mailbox");
    await sendAll(site.service);
    const fresh = `${site.url}/account/${await tokenIn(site.service, next, "account")}`;
    await page.goto(fresh);
    await press("Erase everything");
    await sees("Your data");
    await page.getByLabel("Yes, erase everything about me").check();
    await press("Erase everything");
    await sees("Everything is erased");
    await page.goto(fresh);
    await sees("There is nothing kept about you any more");
    await visit.close();
  });
});
