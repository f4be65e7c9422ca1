import { describe, expect, it } from "vitest";
import { contrast } from "../../web/contrast.ts";
import { palette } from "../../web/palette.ts";
import { projectCatalogue, written } from "./project-catalogue.ts";

const { mails, site } = projectCatalogue;

describe("light and dark", () => {
  const { light, dark } = palette(site.theme);
  const html = Object.values(mails)
    .map((mail) => written(mail.html))
    .join("");
  const darkRules = /@media \(prefers-color-scheme: dark\)\{(.*?)\}\}/.exec(html)?.[1] ?? "";
  const colours = (css: string) => new Set(css.match(/#[0-9a-f]{6}\b/gi));

  it("are both announced", () => {
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain("color-scheme: light dark");
  });

  it("use the colours of their palette and no other", () => {
    expect(darkRules.length).toBeGreaterThan(500);
    expect(Object.values(dark)).toEqual(expect.arrayContaining([...colours(darkRules)]));
    const rest = html.replaceAll(darkRules, "").replace(/<div style="display:none.*?<\/div>/g, "");
    expect(Object.values(light)).toEqual(expect.arrayContaining([...colours(rest)]));
  });

  it("override every colour of text and ground that stands in the mail itself", () => {
    for (const part of [
      "body",
      ".card",
      ".ink div",
      ".ink a",
      ".small div",
      ".small a",
      ".button a",
      ".ink .task",
      ".ink .day",
      ".ink .meta",
    ]) {
      expect(darkRules).toContain(part);
    }
    expect(darkRules.match(/\{[^}]*\}/g)?.every((rule) => rule.includes("!important"))).toBe(true);
  });

  it.each(Object.entries({ light, dark }))("are legible: %s", (_, scheme) => {
    for (const ground of [scheme.page, scheme.surface]) {
      for (const text of [scheme.ink, scheme.muted, scheme.accent, scheme.alert]) {
        expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
      }
    }
    expect(contrast(scheme.onAccent, scheme.accent)).toBeGreaterThanOrEqual(4.5);
  });
});
