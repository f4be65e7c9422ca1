import axe from "axe-core";
import type { Page } from "playwright-core";

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What axe finds on a page against WCAG 2.2 AA, each as rule, weight and the first element it is about. */
export async function findBarriers(page: Page): Promise<string[]> {
  // Run by the debugger, so that the page's policy is not in the way; without scripts axe would never end.
  await page.evaluate(axe.source);
  return page.evaluate(async (values) => {
    // biome-ignore lint/suspicious/noExplicitAny: axe puts itself into the page.
    const { violations } = await (globalThis as any).axe.run({ runOnly: { type: "tag", values } });
    return violations.map(
      // biome-ignore lint/suspicious/noExplicitAny: axe's own report.
      ({ id, impact, nodes }: any) => `${id} (${impact}): ${nodes[0]?.html}`,
    );
  }, standards);
}
