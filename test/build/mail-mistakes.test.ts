import { describe, expect, it } from "vitest";
import { itNames, problemsOf } from "./expect-mistake.ts";
import { withChange, without } from "./sample-sources.ts";

const folder = "content/courses/first-aid";
const mail = `${folder}/breathe.md`;

describe("a mistake in a mail", () => {
  // biome-ignore format: one mistake a row
  itNames(mail, [
    ["no front matter", "---\nsubject", "subject", "Start the mail with ---"],
    ["no preheader", "preheader: The pulse is {fact:pulse}.\n", "", "preheader is missing: give the line", 2],
    ["a key that is not known", "preheader:", "preview:", "preview is no known key"],
    ["an ill-formed task id", "id: walk", "id: a walk", "checklist[2].id: give the task in a-z"],
    ["two tasks of one id", "id: walk", "id: count", "Two tasks of the mail are called count"],
    ["a slot in a task", "Walk for ten", "{{greeting}} Walk", "A task is the same for every reader", 4],
    ["an unknown fact", "is {fact:pulse}, see", "is {fact:puls}, see", "{fact:puls} is no known fact: correct the id, or add"],
    ["a fact without id", "is {fact:pulse}.", "is {fact:}.", "{fact:} is no known fact"],
    ["a fact without value", "is {fact:pulse}, see", "is {fact:price}, see", "{fact:price} has no value, because it is graded conflict: do not print it, link to https://example.org/price"],
    ["an unknown slot", "Sit down", "{{name}}", "{{name}} is no slot that may stand here: use one of {{greeting}}"],
    ["a slot of the confirmation", "Sit down", "{{confirmUrl}}", "{{confirmUrl}} is no slot that may stand here"],
    ["a slot that is not closed", "Sit down", "{{greeting", "A slot is not closed"],
    ["a slot that is not opened", "Sit down", "greeting}}", "A slot is not closed or not opened"],
    ["a slot in a tooltip", "b=1&c=2)", 'b=1&c=2 "{{greeting}}")', "A slot cannot stand in the tooltip"],
    ["a slot inside an address", "example.org/a?b=1&c=2", "x.org/?u={{publicUrl}}", "The link https://x.org/?u={{publicUrl}} holds a slot"],
    ["a page that is not there", "glossary.md", "resources.md", "The link resources.md#signs-of-life names no page of the course: its pages are glossary.md"],
    ["a heading that is not there", "#signs-of-life", "#death", "The link glossary.md#death names no heading of glossary.md: its headings are signs-of-life"],
    ["a link to another mail", "glossary.md#signs-of-life", "welcome.md", "The link welcome.md names no page"],
    ["a relative link", "https://example.org/a", "/about", "The link /about?b=1&c=2 leads nowhere from a mail"],
    ["a link without TLS", "https://example.org/a", "http://example.org/a", "The link http://example.org/a?b=1&c=2 leads nowhere"],
    ["a link that runs script", "https://example.org/a?b=1&c=2", "javascript:alert", "The link javascript:alert leads nowhere"],
    ["a link in a table", "Read [more]", "| a |\n| - |\n| [b](c.md) |\n\n[more]", "The link c.md names no page", 17],
    ["a link in a list in a quote", "Read [more]", "> - a\n> - [b](c.md)\n\n[more]", "The link c.md names no page", 16],
    ["a picture", "Sit down", "![chair](https://example.org/chair.png)", "Pictures are not for mails"],
    ["HTML", "Sit down", '<b style="x">Sit</b>', 'HTML (<b style="x">) is not for mails'],
    ["a title of its own", "## Try", "# Try", "The title is made by the template"],
  ]);

  it("is named each time it is made", async () => {
    const sources = withChange(mail, "## Try it", "![a](b)\n\n![a](b)");
    const places = (await problemsOf(sources)).map((problem) => problem.split("  ")[0]);
    expect(places).toEqual([`${mail}:10`, `${mail}:12`]);
  });

  it("with a subject that cannot be the title", async () => {
    const problems = await problemsOf(withChange(`${folder}/course.yaml`, "title: Breathe, ", ""));
    expect(problems).toEqual([
      expect.stringContaining(`${mail}:2  The subject differs from reader to reader`),
    ]);
  });

  it("that is missing", async () => {
    const problems = await problemsOf(without(`${folder}/bandage.md`));
    expect(problems).toEqual([
      expect.stringContaining(`${folder}/course.yaml:9  The mail bandage.md is missing`),
    ]);
  });

  it("that mailboxes would clip", async () => {
    const problems = await problemsOf(withChange(mail, "Sit down.", "Sit down. ".repeat(10_000)));
    expect(problems).toEqual([
      expect.stringMatching(/breathe\.md:1 {2}The mail is \d+ KB of HTML.*above 90 KB/),
    ]);
  });
});

describe("a mistake in a page", () => {
  // biome-ignore format: one mistake a row
  itNames(`${folder}/glossary.md`, [
    ["no front matter", "---\ntitle", "title", "Start the page with ---"],
    ["no title", "title: Glossary\n", "", "title is missing: give the title", 2],
    ["a slot", "**Pulse**", "{{greeting}}", "{{greeting}} is no slot that may stand here: use one of none"],
    ["an unknown fact", "{fact:pulse}", "{fact:x}", "{fact:x} is no known fact"],
    ["a link to a mail", "(#signs-of-life)", "(breathe.md)", "The link breathe.md names no page"],
    ["a heading that it lacks", "(#signs-of-life)", "(#death)", "The link #death names no heading of glossary.md"],
  ]);
});
