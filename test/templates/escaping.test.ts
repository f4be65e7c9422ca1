import { describe, expect, it } from "vitest";
import { buildCatalogue } from "../../build/build-catalogue.ts";
import { sampleSources, withChange } from "../build/sample-sources.ts";
import { written } from "./project-catalogue.ts";

const hostile = `"><img src=x onerror='alert(1)'>&amp;`;
const folder = "content/courses/first-aid";
const quoted = JSON.stringify(hostile);

let sources = sampleSources;
for (const [file, from, to] of [
  ["content/site.yaml", "name: Steps & Co", `name: ${quoted}`],
  ["content/site.yaml", "name: Steps,", `name: ${quoted},`],
  ["content/site.yaml", '"Steps & Co"', quoted],
  [`${folder}/course.yaml`, "title: First aid <at home>", `title: ${quoted}`],
  [`${folder}/course.yaml`, "title: Breathe", `title: ${quoted}`],
  [`${folder}/breathe.md`, "The pulse is {fact:pulse}.", quoted],
  [`${folder}/breathe.md`, '"Walk for ten minutes"', quoted],
  [`${folder}/glossary.md`, "title: Glossary", `title: ${quoted}`],
] as const) {
  sources = withChange(file, from, to, sources);
}
const { catalogue } = await buildCatalogue(sources, "2026-12-01");

describe.each(["confirm", "course/first-aid/breathe", "course/first-aid/welcome", "course/first-aid/bye"])(
  "the mail %s of a hostile site",
  (key) => {
    const mail = catalogue?.mails[key];
    const html = mail ? written(mail.html) : "";

    it("escapes names, titles, preheader and tasks in its HTML", () => {
      expect(html).toContain("&lt;img src=x onerror=");
      expect(html).not.toMatch(/<img|="[^"]*">&amp;amp;/);
      // Quotes may be written as they are between tags, but not in the label that MJML makes of the title
      expect(/<div aria-label="([^"]*)"/.exec(html)?.[1]).not.toContain("<img");
    });

    it("shows them as they are in its text", () => {
      expect(mail ? written(mail.text) : "").toContain(hostile.slice(0, 12));
    });
  },
);
