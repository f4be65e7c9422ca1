import type { Page } from "playwright-core";
import { expect } from "vitest";
import { findBarriers } from "./find-barriers.ts";

/** Whether a page has its heading and no script, nothing sticks out of it, and nothing in it is in anybody's way. */
export async function isWell(page: Page, heading: string, hasScripts = true): Promise<void> {
  await page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor();
  expect(await page.locator("script").count()).toBe(0);
  const root = "document.documentElement";
  expect(await page.evaluate(`${root}.scrollWidth <= ${root}.clientWidth`), heading).toBe(true);
  // The same markup without scripts, under which axe's own timers stand still.
  if (hasScripts) expect(await findBarriers(page)).toEqual([]);
}
