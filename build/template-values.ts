import type { Site } from "../core/catalogue.ts";
import { escapeHtml } from "../core/escape-html.ts";
import { mailStyles } from "../core/markdown/mail-styles.ts";
import { palette } from "../web/palette.ts";
import { bodyMails, confirmMails, fragmentKinds, templateFile } from "./assemble-template.ts";
import { lineAt, type Report } from "./problem.ts";
import type { Sources } from "./read-sources.ts";

const schemes = ["light", "dark"] as const;
const colours = ["page", "surface", "ink", "muted", "line", "accent", "onAccent"] as const;

const siteNames = [
  "site:name",
  "site:sender",
  "site:postalAddress",
  "theme:font",
  "theme:elements",
  ...schemes.flatMap((scheme) => colours.map((colour) => `theme:${scheme}.${colour}` as const)),
] as const;
const allMails = [...siteNames, "mail:title", "mail:preheader"] as const;
const courseMails = [
  ...allMails,
  "course:title",
  "mail:progress",
  "mail:body",
  "mail:checklist",
  "mail:references",
] as const;

/** What templates ask for with `{kind:name}`, as safe HTML, when a mail of no course is compiled. */
export type AllValues = Record<(typeof allMails)[number], string>;

/** What templates ask for with `{kind:name}`, as safe HTML, when the mail of a course is compiled. */
export type CourseValues = Record<(typeof courseMails)[number], string>;

/** The values of any kind of mail. */
export type MailTemplateValues = AllValues | CourseValues;

const placeholder = /\{((?:site|course|mail|theme|fact):[^{}]*)\}/g;

/** What is the same in all mails. */
export function siteValues(site: Site): Record<(typeof siteNames)[number], string> {
  const schemeOf = palette(site.theme);
  const theme = schemes.flatMap((scheme) =>
    colours.map((colour) => [`theme:${scheme}.${colour}`, schemeOf[scheme][colour]]),
  );
  return {
    "site:name": escapeHtml(site.name),
    "site:sender": escapeHtml(`${site.sender.name}, ${site.sender.address}`),
    "site:postalAddress": site.postalAddress.map(escapeHtml).join(", "),
    "theme:font": site.theme.font,
    "theme:elements": elementRules(site.theme),
    ...(Object.fromEntries(theme) as Record<
      Extract<(typeof siteNames)[number], `theme:${string}.${string}`>,
      string
    >),
  };
}

/** The looks of a text as rules; only tables of data are meant, since all else is laid out with tables too. */
function elementRules(theme: Site["theme"]): string {
  const ofData: Record<string, string> = {
    table: "table.data",
    th: "table.data th",
    td: "table.data td",
  };
  return Object.entries(mailStyles(theme))
    .map(([tag, style]) => `${ofData[tag] ?? tag} { ${style} }`)
    .join(" ");
}

/** Puts the values into a template. */
export function fillTemplate(template: string, values: MailTemplateValues): string {
  const byName: Record<string, string | undefined> = values;
  return template.replace(placeholder, (written, name: string) => byName[name] ?? written);
}

/** Reports the placeholders of all templates that have no value where they stand. */
export function checkPlaceholders(sources: Sources, report: Report): void {
  const names: Record<string, readonly string[]> = {
    [templateFile("layout")]: allMails,
    ...Object.fromEntries(
      [...confirmMails, ...bodyMails, ...fragmentKinds].map((kind) => [templateFile(kind), allMails]),
    ),
  };
  for (const [file, text] of sources) {
    if (!file.endsWith(".mjml")) continue;
    const allowed = names[file] ?? courseMails;
    for (const { 0: written, 1: name = "", index } of text.matchAll(placeholder)) {
      if (allowed.includes(name)) continue;
      const message = `${written} has no value here: use one of ${allowed.join(", ")}`;
      report({ file, line: lineAt(text, index), message });
    }
  }
}
