import { describe, expect, it } from "vitest";
import { buildCatalogue } from "../../build/build-catalogue.ts";
import { readFacts, replaceFacts } from "../../build/facts.ts";
import { withChange } from "./sample-sources.ts";

const mailFile = "content/courses/first-aid/breathe.md";
const sources = withChange("content/facts.yaml", "60 to 100 & more", "$& <b>*60*</b>");
const facts = readFacts(sources, ({ message }) => expect.fail(message));

describe("a fact", () => {
  it("is put in as it is written", () => {
    expect(replaceFacts("{fact:pulse}, {fact:pulse}", facts)).toBe("$& <b>*60*</b>, $& <b>*60*</b>");
  });

  it("is escaped for where it stands, and no Markdown", async () => {
    const { catalogue, problems } = await buildCatalogue(sources, "2026-12-01");
    expect(problems).toEqual([]);
    const mail = catalogue?.mails["course/first-aid/breathe"];
    const html = mail?.html.literals.join("") ?? "";
    expect(html.match(/\$&amp; &lt;b&gt;\*60\*&lt;\/b&gt;/g)).toHaveLength(3);
    expect(html).not.toContain("<b>*60*");
    expect(mail?.text.literals.join("")).toContain("The pulse is $& <b>*60*</b>, see the glossary");
  });

  it("stands in subjects and preheaders too", async () => {
    const subject = 'subject: "{fact:pulse} < 100"';
    const changed = withChange(mailFile, 'subject: "Step 1: {{greeting}}"', subject, sources);
    const mail = (await buildCatalogue(changed, "2026-12-01")).catalogue?.mails["course/first-aid/breathe"];
    expect(mail?.subject.literals).toEqual(["$& <b>*60*</b> < 100"]);
    expect(mail?.html.literals.join("")).toContain(">The pulse is $&amp; &lt;b&gt;*60*&lt;/b&gt;.</div>");
  });

  it("is left out of a mail by a build that stops, never by one that goes on", () => {
    expect(replaceFacts("{fact:price} {fact:x}", facts)).toBe("{fact:price} {fact:x}");
  });
});
