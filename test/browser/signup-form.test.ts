import { createServer } from "node:http";
import type { LambdaEvent } from "hono/aws-lambda";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formSnippet } from "../../core/source/form-snippet.ts";
import { signupConsent } from "../../core/subscriber/consent-text.ts";
import { handler } from "../../functions/http/handler.ts";
import { type Gateway, startGateway } from "../../local/gateway.ts";
import { close, listen } from "../../local/loopback.ts";
import { catalogue, course } from "../helpers/catalogue.ts";
import { context } from "../helpers/events.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { sendAll } from "../helpers/walk.ts";
import { findBarriers } from "./find-barriers.ts";
import { openBrowser } from "./open-browser.ts";

let service: TestService;
let gateway: Gateway;
let browser: Browser;
let networks = 0;
/** A site with our form in its page, by source. */
const sites = new Map<string, string>();
const site = createServer((request, response) => {
  response.setHeader("content-type", "text/html; charset=utf-8");
  const name = request.url?.slice(1) ?? "";
  response.end(pageOf(sites.has(name) ? snippetOf(name) : "<h1>Thanks from the shop</h1>"));
});
beforeAll(async () => {
  service = await startService();
  gateway = await startGateway({
    port: 0,
    clock: service.clock,
    report: (error) => console.error(error),
    async invoke(event) {
      const asked = event as LambdaEvent & {
        rawPath: string;
        requestContext: { http: { sourceIp: string } };
      };
      asked.requestContext.http.sourceIp = `203.${networks++ % 250}.113.9`;
      const answer = await handler.with(service.depsOf("http"))(asked, context);
      // The calendar stands still otherwise, and a form has to be open for a while.
      service.clock.pass(3);
      return answer;
    },
  });
  const url = await listen(site, 0);
  const kept = { kind: "form" as const, afterConfirm: [], createdAt: service.clock.now() };
  for (const source of [
    { name: "shop", thankYou: [], sites: [url] },
    { name: "thankful", thankYou: [`${url}/thanks`], sites: [url] },
    { name: "stranger", thankYou: [], sites: [] },
  ]) {
    sites.set(source.name, `${url}/${source.name}`);
    await service.deps.sources.create({ ...kept, ...source });
  }
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await close(site);
  await gateway.close();
  await service.stop();
});

function snippetOf(name: string): string {
  const consent = signupConsent(catalogue.site, course);
  return formSnippet({ publicUrl: gateway.url, source: { name }, course: course.name, consent });
}

function pageOf(body: string): string {
  return `<!doctype html><html lang="en"><title>A shop</title><main><h2>News</h2>${body}</main></html>`;
}

async function visit<T>(
  address: string,
  act: (page: Page) => Promise<T>,
  options: BrowserContextOptions = {},
): Promise<T> {
  const visitor = await browser.newContext(options);
  try {
    const page = await visitor.newPage();
    await page.goto(address);
    return await act(page);
  } finally {
    await visitor.close();
  }
}

async function zoneOf(email: string): Promise<string | undefined> {
  await sendAll(service);
  const mail = service.ses.mails().findLast(({ to }) => to.includes(email));
  return (await service.deps.subscribers.load(mail?.tags.subscriber ?? ""))?.zone;
}
const field = (page: Page) => page.getByLabel("E-mail address");
const press = (page: Page, name = "Sign up") => page.getByRole("button", { name }).click();

describe("our form in a page of another site", () => {
  it("answers in its place, and knows the zone", async () => {
    await visit(
      sites.get("shop") ?? "",
      async (page) => {
        expect(await page.getByLabel("Leave this empty").isVisible()).toBe(false);
        await field(page).fill("inline@example.com");
        await press(page);
        await page.getByText("Check your inbox").waitFor();
        expect(await page.locator(":focus").textContent()).toContain("Check your inbox");
        expect(page.url()).toBe(sites.get("shop"));
      },
      { timezoneId: "Asia/Tokyo" },
    );
    expect(await zoneOf("inline@example.com")).toBe("Asia/Tokyo");
  });

  it("tells mistakes at the field, to screen readers too, and takes the form again", async () => {
    await visit(sites.get("shop") ?? "", async (page) => {
      await field(page).fill("ada@nowhere");
      await press(page);
      await page.getByRole("alert").getByText("Enter one e-mail address").waitFor();
      expect(await field(page).getAttribute("aria-invalid")).toBe("true");
      expect(await page.locator(":focus").getAttribute("name")).toBe("email");
      expect(await findBarriers(page)).toEqual([]);
      await field(page).fill("mended@example.com");
      await press(page);
      await page.getByText("Check your inbox").waitFor();
    });
    expect(await zoneOf("mended@example.com")).toBeDefined();
  });

  it.each([
    ["Yes, use dora@outlook.com", "dora@outlook.com"],
    ["No, it is right as I typed it", "dora@outlok.com"],
  ])("asks about an address that looks mistyped: %s", async (answer, email) => {
    await visit(sites.get("shop") ?? "", async (page) => {
      await field(page).fill("dora@outlok.com");
      await press(page);
      await page.getByRole("alert").getByText("Did you mean dora@outlook.com?").waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await press(page, answer);
      await page.getByText("Check your inbox").waitFor();
    });
    expect(await zoneOf(email)).toBeDefined();
  });

  it("leads to the site's own page, with a script and without", async () => {
    for (const javaScriptEnabled of [true, false]) {
      const email = `thankful-${javaScriptEnabled}@example.com`;
      await visit(
        sites.get("thankful") ?? "",
        async (page) => {
          await field(page).fill(email);
          await press(page);
          if (!javaScriptEnabled) {
            await page.getByRole("heading", { name: "One more press" }).waitFor();
            await press(page);
          }
          await page.getByText("Thanks from the shop").waitFor();
        },
        { javaScriptEnabled },
      );
      expect(await zoneOf(email)).toBeDefined();
    }
  });

  it("goes on as a plain form on a site whose scripts may not ask us", async () => {
    await visit(sites.get("stranger") ?? "", async (page) => {
      await field(page).fill("stranger@example.com");
      await press(page);
      await page.getByRole("heading", { name: "One more press" }).waitFor();
      await press(page);
      await page.getByRole("heading", { name: "Check your inbox" }).waitFor();
    });
    expect(await zoneOf("stranger@example.com")).toBeDefined();
  });
});

describe("our own form", () => {
  it.each(["light", "dark"] as const)(
    "is open to everybody, in %s colours and on a phone",
    async (colorScheme) => {
      const email = `own-${colorScheme}@outlok.com`;
      await visit(
        gateway.url,
        async (page) => {
          expect(await findBarriers(page)).toEqual([]);
          await field(page).fill(email);
          await page.getByLabel("Also remind me of dates").check();
          await press(page);
          await page.getByRole("heading", { name: "Did you mean" }).waitFor();
          expect(await findBarriers(page)).toEqual([]);
          expect(await page.evaluate("document.body.scrollWidth <= window.innerWidth")).toBe(true);
          await press(page, "No, it is right as I typed it");
          await page.getByRole("heading", { name: "Check your inbox" }).waitFor();
          expect(await findBarriers(page)).toEqual([]);
        },
        { colorScheme, viewport: { width: 360, height: 740 } },
      );
      expect(await zoneOf(email)).toBeDefined();
    },
  );

  it("asks for one more press where it was open for too long", async () => {
    await visit(gateway.url, async (page) => {
      await field(page).fill("overnight@example.com");
      service.clock.pass(25 * 60 * 60);
      await press(page);
      await page.getByRole("heading", { name: "One more press" }).waitFor();
      expect(await findBarriers(page)).toEqual([]);
      await press(page);
      await page.getByRole("heading", { name: "Check your inbox" }).waitFor();
    });
    expect(await zoneOf("overnight@example.com")).toBeDefined();
  });
});
