import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contrast } from "../../web/contrast.ts";
import { palette } from "../../web/palette.ts";
import { stylesheet } from "../../web/style.ts";
import { site } from "./sample-site.ts";

const css = stylesheet(site.theme);

describe("the stylesheet", () => {
  it("has the colours and the font of the site, in light and in dark", () => {
    const [light = "", dark = ""] = css.split("@media (prefers-color-scheme:dark)");
    expect(light).toContain("font-family:Georgia, serif");
    expect(light).toContain("--accent:#0b5d66");
    expect(dark).toContain("--accent:#6cc5cf");
  });

  it("uses no colour besides, and names none that is not there", () => {
    const rules = css.split("\n").slice(2).join("");
    expect(rules).not.toMatch(/#[0-9a-f]{3,8}\b|rgb|hsl/);
    const names = Object.keys(palette(site.theme).light);
    for (const [, name] of rules.matchAll(/var\(--(\w+)\)/g)) expect(names).toContain(name);
  });

  it("loads nothing", () => expect(css).not.toMatch(/url\(|@import/));

  it("shows focus, and leaves room for a finger", () => {
    expect(css).toContain(":focus-visible{outline:3px solid");
    expect(css).toMatch(/input,select\{[^}]*min-height:3\.125rem/);
    expect(css).toMatch(/button\{[^}]*min-height:3\.25rem/);
  });
});

describe("contrast", () => {
  it("is what WCAG computes", () => {
    expect(contrast("#000000", "#ffffff")).toBe(21);
    expect(contrast("#ffffff", "#000000")).toBe(21);
    expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
    expect(contrast("#0000ff", "#ffffff")).toBeCloseTo(8.59, 2);
  });

  it("of a button's text is enough on every accent that the build lets through", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (number) => {
        const accent = `#${number.toString(16).padStart(6, "0")}`;
        const { light, dark } = palette({ accent, accentDark: accent, font: "serif" });
        for (const scheme of [light, dark]) {
          const isLegible = contrast(accent, scheme.page) >= 4.5 && contrast(accent, scheme.surface) >= 4.5;
          if (isLegible) expect(contrast(scheme.onAccent, accent)).toBeGreaterThanOrEqual(4.5);
        }
      }),
    );
  });

  it("of a field's border is enough to see it", () => {
    const { light, dark } = palette(site.theme);
    for (const scheme of [light, dark])
      expect(contrast(scheme.muted, scheme.surface)).toBeGreaterThanOrEqual(3);
  });
});
