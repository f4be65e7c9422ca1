import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../adapters/connect.ts";
import { addDays, addMinutes } from "../../core/time/instant.ts";
import { startWorld, type World } from "../helpers/world.ts";
import { findBarriers } from "./find-barriers.ts";
import { openBrowser } from "./open-browser.ts";

let world: World;
let browser: Browser;
let school: Server;
let page: string;

beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld(), openBrowser()]);
  school = createServer((_, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end("<!doctype html><title>School</title><h1>Welcome to the school</h1>");
  });
  await new Promise<void>((resolve) => school.listen(0, "127.0.0.1", resolve));
  page = `http://127.0.0.1:${(school.address() as AddressInfo).port}/welcome`;
  await connect(world.runtime.operatorEnvironment()).sources.create({
    name: "school",
    kind: "form",
    sites: [new URL(page).origin],
    thankYou: [],
    afterConfirm: [page],
    createdAt: world.runtime.clock.now(),
  });
});
afterAll(async () => {
  school?.close();
  await browser?.close();
  await world?.close();
});

/** Signs up as a script on a page of ours, or of a source, does; answers the link of the mail that comes. */
async function signUp(path: string, email: string): Promise<string> {
  const { started } = (await (await fetch(`${world.app}${path}/start`)).json()) as { started: string };
  await world.until(addMinutes(world.runtime.clock.now(), 1));
  const answer = await fetch(`${world.app}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, started, digest: true }),
  });
  expect(answer.status).toBe(202);
  return linkOf(email);
}

async function linkOf(email: string): Promise<string> {
  const { html } = await world.mail(email, "confirm");
  return /href="([^"]+\/confirm\/[^"]+)"/.exec(String(html))?.[1] ?? "";
}

describe("confirming in a browser", () => {
  it("leads to the page of the source's own site, past the policy of ours", async () => {
    const link = await signUp("/signup/school", "pupil@example.org");
    const tab = await browser.newPage();
    await tab.goto(link);
    await tab.getByRole("button", { name: "Confirm my address" }).click();
    await tab.getByRole("heading", { name: "Welcome to the school" }).waitFor();
    expect(tab.url()).toBe(page);
    await tab.close();
  });

  for (const colorScheme of ["light", "dark"] as const)
    it(`has no barriers and fits a phone, ${colorScheme}`, async () => {
      const context = await browser.newContext({
        colorScheme,
        viewport: { width: 320, height: 640 },
      });
      const tab = await context.newPage();
      const email = `${colorScheme}@example.org`;
      const look = async () => {
        expect(await findBarriers(tab)).toEqual([]);
        const root = "document.documentElement";
        const [wide, shown] = await tab.evaluate<number[]>(`[${root}.scrollWidth, ${root}.clientWidth]`);
        expect(wide).toBe(shown);
      };
      const late = await signUp("/signup", email);
      await world.until(addDays(world.runtime.clock.now(), 8));
      await tab.goto(late);
      await look();
      await tab.getByRole("button", { name: "Send me a new link" }).click();
      await look();
      const fresh = await linkOf(email);
      expect(fresh).not.toBe(late);
      await tab.goto(fresh);
      await look();
      await tab.getByRole("button", { name: "Confirm my address" }).click();
      await tab.getByRole("heading", { name: "You are on the list" }).waitFor();
      await look();
      await tab.goto(fresh);
      await tab.getByRole("heading", { name: "You are confirmed already" }).waitFor();
      await look();
      await context.close();
    });
});
