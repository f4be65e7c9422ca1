import type { Site } from "../core/catalogue.ts";
import { contrast } from "../web/contrast.ts";
import { palette, type Scheme } from "../web/palette.ts";
import { checkNoSlots } from "./check-slots.ts";
import type { Report } from "./problem.ts";
import type { Sources } from "./read-sources.ts";
import { readYaml, type YamlRead } from "./read-yaml.ts";
import { SiteFile } from "./site-schema.ts";

const file = "content/site.yaml";

/** Reads the settings of the site and reports their mistakes. */
export function parseSite(sources: Sources, courses: readonly string[], report: Report): Site | undefined {
  const text = sources.get(file);
  if (text === undefined) {
    report({
      file,
      line: 1,
      message: "This file is missing: it names the newsletter, its sender and its look",
    });
    return undefined;
  }
  const yaml: YamlRead<Site> = readYaml(SiteFile, { file, text }, report);
  checkNoSlots(file, yaml.texts, report);
  const site = yaml.value;
  if (!site) return undefined;
  if (!courses.includes(site.defaults.course)) {
    const message = `defaults.course: no folder content/courses/${site.defaults.course}; there is ${courses.join(", ") || "none"}`;
    report({ file, line: yaml.lineOf(["defaults", "course"]), message });
  }
  const { light, dark } = palette(site.theme);
  checkAccent("accent", light, "a darker", report, yaml);
  checkAccent("accentDark", dark, "a lighter", report, yaml);
  return site;
}

/** WCAG AA asks for 4.5 between a text and what is behind it. */
function checkAccent(
  key: string,
  scheme: Scheme,
  better: string,
  report: Report,
  yaml: YamlRead<Site>,
): void {
  const least = Math.min(contrast(scheme.accent, scheme.page), contrast(scheme.accent, scheme.surface));
  if (least >= 4.5) return;
  const message = `theme.${key}: links in ${scheme.accent} are hard to read (contrast ${least.toFixed(1)}, at least 4.5 is needed): choose ${better} colour`;
  report({ file, line: yaml.lineOf(["theme", key]), message });
}
