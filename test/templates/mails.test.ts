import { describe, expect, it } from "vitest";
import { maxHtmlBytes } from "../../build/compile-mail.ts";
import { escapeHtml } from "../../core/escape-html.ts";
import { projectCatalogue, written } from "./project-catalogue.ts";

const { mails, site, courses } = projectCatalogue;
const all = Object.entries(mails).map(([key, mail]) => ({
  key,
  html: written(mail.html),
  text: written(mail.text),
}));
const ofCourses = all.filter(({ key }) => key.startsWith("course/"));

describe.each(all)("the mail $key", ({ html, text }) => {
  it("says its language and its title, for screen readers and tabs", () => {
    expect(html).toMatch(/^<!doctype html><html lang="en"/);
    expect(html).toMatch(/<title>[^<]{5,}<\/title>/);
    expect(html.match(/<h1[\s>]/g)).toHaveLength(1);
  });

  it("starts with its preheader, which nobody sees in the mail", () => {
    const [, preheader = ""] = /<body[^>]*><div style="display:none[^"]*">([^<]*)<\/div>/.exec(html) ?? [];
    expect(preheader.length).toBeGreaterThan(10);
    expect(text).not.toContain(preheader);
  });

  it("lays out with tables that are no tables to screen readers", () => {
    const tables = html.replace(/<!--[\s\S]*?-->/g, "").match(/<table[^>]*>/g) ?? [];
    expect(tables.length).toBeGreaterThan(5);
    for (const table of tables.filter((tag) => !tag.includes('class="data"'))) {
      expect(table).toContain('role="presentation"');
    }
  });

  it("greets, and carries the sender and the postal address", () => {
    for (const part of [html.replaceAll("&amp;", "&"), text.replace(/\s+/g, " ")]) {
      expect(part).toContain("{{greeting}}");
      expect(part).toContain(site.sender.address);
      expect(part).toContain(site.postalAddress.join(", "));
    }
  });

  it("fetches nothing and runs nothing", () => {
    expect(html).not.toMatch(/<(img|link|script|iframe|form)\b|url\(|@import|src=|background="/i);
  });

  it("links only to whole addresses", () => {
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(links.length).toBeGreaterThan(0);
    for (const href of links)
      expect(href).toMatch(
        /^(https:\/\/|mailto:|\{\{(publicUrl|confirmUrl|unsubscribeUrl|progressUrl|stepUrl|accountUrl|addressUrl)\}\})/,
      );
  });

  it("has no text smaller than 14 px, and reads at 17", () => {
    const body = html.replace(/<div style="display:none.*?<\/div>/, "");
    const sizes = [...body.matchAll(/font-size: ?([\d.]+)px[^"]*"[^>]*>([^<]*)/g)];
    for (const [, size, words = ""] of sizes) {
      if (words.replaceAll("&nbsp;", "").trim()) expect(Number(size)).toBeGreaterThanOrEqual(14);
    }
    expect(html).toContain("font-size:17px");
  });

  it("is far from being clipped, and has no indentation", () => {
    expect(Buffer.byteLength(html)).toBeLessThan(maxHtmlBytes / 2);
    expect(html.replace(/<!--[\s\S]*?-->/g, "")).not.toMatch(/\n| {2}/);
  });

  it("leaves no placeholder of the build behind", () => {
    for (const part of [html, text]) expect(part).not.toMatch(/\{(fact|mail|site|course|theme|part):/);
  });

  it("says the same as plain text, in short lines", () => {
    const [, title = ""] = /<h1[^>]*>([^<]*)<\/h1>/.exec(html) ?? [];
    const line = title.includes("{{") ? "\n" : "\n===";
    expect(text).toContain(`${title.replaceAll("&amp;", "&")}${line}`);
    const long = text.split("\n").filter((line) => line.length > 72);
    for (const line of long) expect(line).toMatch(/https:\/\/|\{\{\w+Url\}\}/);
  });
});

describe.each(ofCourses)("the mail $key of a course", ({ key, html, text }) => {
  const [, name = "", id] = key.split("/");
  const course = courses[name];
  const step = course?.steps.find((candidate) => candidate.id === id);

  it("says why it comes and how to leave", () => {
    expect(html).toContain(
      `You get this mail because you signed up for “${escapeHtml(course?.title ?? "")}”`,
    );
    expect(html).toMatch(/<a href="\{\{unsubscribeUrl\}\}"[^>]*>Unsubscribe<\/a>/);
    expect(text.replace(/\s+/g, " ")).toContain("Unsubscribe ({{unsubscribeUrl}})");
  });

  it("leads to the way so far, and from a step by a button that names what it is for", () => {
    expect(html).toMatch(/<a href="\{\{progressUrl\}\}"[^>]*>Your progress<\/a>/);
    const [label, slot] =
      step?.number === undefined
        ? ["See your path", "progressUrl"]
        : ["Tick your tasks, mark this step done", "stepUrl"];
    expect(html).toMatch(new RegExp(`<a href="\\{\\{${slot}\\}\\}"[^>]*>\\s*${label}\\s*</a>`));
    expect(text.replace(/\s+/g, " ")).toContain(`${label} ({{${slot}}})`);
  });

  it("links to the reference pages", () => {
    for (const page of ["glossary", "resources"])
      expect(html).toContain(`href="{{publicUrl}}/courses/${name}/${page}"`);
  });

  it("shows its checklist in both parts", () => {
    expect(step?.checklist.length).toBeGreaterThan(0);
    for (const task of step?.checklist ?? []) {
      expect(html).toContain(`>${escapeHtml(task.text)}</td>`);
      expect(text.replace(/\s+/g, " ")).toContain(`[ ] ${task.text}`);
    }
    expect(html.match(/&#9744;|☐/g)).toHaveLength(step?.checklist.length ?? 0);
  });

  it("shows where on the way it is, if it is a step", () => {
    const total = course?.steps.filter(({ number }) => number !== undefined).length ?? 0;
    const cells = html.match(/class="[^"]*\bsegment\b[^"]*"/g) ?? [];
    if (step?.number === undefined) {
      expect(cells).toEqual([]);
      expect(text.includes("The last mail of")).toBe(step === course?.steps.at(-1));
    } else {
      expect(text).toContain(`Step ${step.number} of ${total}`);
      expect(cells).toHaveLength(total);
      expect(cells[step.number - 1]).toContain("here");
      expect(cells.filter((cell) => cell.includes("past"))).toHaveLength(step.number - 1);
    }
  });
});

describe.each([
  [
    "confirmation",
    "confirm",
    "If you did not ask for this, ignore this mail: we remind you once, and then forget it.",
  ],
  [
    "reminder of it",
    "confirm-reminder",
    "you need do nothing: we do not remind you again, and forget the request",
  ],
])("the %s", (_, mail, ignored) => {
  const { html = "", text = "" } = all.find(({ key }) => key === mail) ?? {};

  it("asks with a big button, says how long it works and what happens if it is ignored", () => {
    expect(html).toMatch(
      /<a href="\{\{confirmUrl\}\}" style="[^"]*padding: 15px 28px[^"]*"[^>]*>\s*Confirm my address/,
    );
    for (const part of [html, text.replace(/\s+/g, " ")]) {
      expect(part).toContain("valid for 7 days");
      expect(part).toContain(ignored);
    }
  });

  it("offers nothing else: no link but the one, nothing to leave", () => {
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href);
    expect(new Set(links)).toEqual(new Set(["{{confirmUrl}}"]));
    expect(html + text).not.toMatch(/unsubscribe/i);
  });
});
