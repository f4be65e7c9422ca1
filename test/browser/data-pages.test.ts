import type { LambdaEvent } from "hono/aws-lambda";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handler } from "../../functions/http/handler.ts";
import { type Gateway, startGateway } from "../../local/gateway.ts";
import { tokenIn } from "../helpers/account.ts";
import { context } from "../helpers/events.ts";
import { progressToken } from "../helpers/progress.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { join, sendAll, tick } from "../helpers/walk.ts";
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

describe.each(looks)("the pages of one's data, $colorScheme, $width pixels wide", (look) => {
  const { colorScheme, width } = look;

  it("lead from the progress link to a copy, a new address and the end, with no barrier", async () => {
    const email = `${colorScheme}-${width}@example.com`;
    const next = `next-${email}`;
    const id = await join(service, email, { name: "Ada" });
    await tick(service);
    const visit = await browser.newContext({
      colorScheme,
      viewport: { width, height: 800 },
    });
    const page = await visit.newPage();
    const sees = (heading: string) => isWell(page, heading);
    const press = (name: string) => page.getByRole("button", { name }).click();

    await page.goto(`${gateway.url}/progress/${await progressToken(service, id)}/data`);
    await sees("Your data");
    await press("Send me a link");
    await sees("Look into your mailbox");
    await sendAll(service);
    const account = `${gateway.url}/account/${await tokenIn(service, email, "account")}`;
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
    await sendAll(service);
    await page.goto(`${gateway.url}/address/${await tokenIn(service, next, "address")}`);
    await sees("One press to confirm");
    await press("Confirm this address");
    await sees("Your address is changed");

    // It went to the old address, whose mailbox others may read by now.
    await page.goto(account);
    await sees("This link has expired");
    service.clock.pass(20 * 60);
    await page.goto(`${gateway.url}/progress/${await progressToken(service, id)}/data`);
    await press("Send me a link");
    await sees("Look into your mailbox");
    await sendAll(service);
    const fresh = `${gateway.url}/account/${await tokenIn(service, next, "account")}`;
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

/** Whether a page has its heading, no barrier, and nothing that is wider than the window. */
async function isWell(page: Page, heading: string): Promise<void> {
  await page.getByRole("heading", { name: heading, level: 1 }).waitFor();
  expect(await page.locator("script").count()).toBe(0);
  expect(await findBarriers(page)).toEqual([]);
  const root = "document.documentElement";
  expect(await page.evaluate(`${root}.scrollWidth <= ${root}.clientWidth`)).toBe(true);
}
