import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCampaignText } from "../../../core/campaign/campaign-body.ts";
import type { MergeReader } from "../../../core/merge/choose-text.ts";
import { catalogue } from "../../helpers/catalogue.ts";

const { theme } = catalogue.site;
const reader: MergeReader = {
  name: "Ada",
  zone: "Europe/Berlin",
  tags: ["rhit"],
  topics: ["coding"],
  lists: {},
};
const progressUrl = "https://steps.example/progress/abc?x=1&y=2";
const read = (markdown: string, title = "News") => readCampaignText({ title, markdown }, theme);
function say(markdown: string, changes: Partial<MergeReader> = {}, title = "News") {
  const text = read(markdown, title);
  expect(text.problems).toEqual({});
  const who = { ...reader, ...changes };
  return text.bodyFor(who, { name: who.name, progressUrl });
}

describe("the text of a campaign", () => {
  it("is the same for all without a field or a block", () => {
    expect(read("Hello **you**").isShared).toBe(true);
    expect(read("Hello {{name|you}}").isShared).toBe(false);
    expect(read("Hello", "News for {{name|you}}").isShared).toBe(false);
    expect(read("{{#if tag:a}}A{{/if}} and more").isShared).toBe(false);
  });

  it.each([
    ["a name", "Hello {{name|friend}}!", {}, "Hello Ada!"],
    ["no name", "Hello {{ name | dear friend }}!", { name: "" }, "Hello dear friend!"],
    ["the first of several names", "{{firstName|friend}}", { name: "Ada King Lovelace" }, "Ada"],
    ["a name where there is one", "{{#if name}}Hello {{name}}{{else}}Hello{{/if}}.", { name: "" }, "Hello."],
    [
      "a name where there is one, the other way",
      "{{#if not name}}Hello{{else}}Hello {{name}}{{/if}}.",
      {},
      "Hello Ada.",
    ],
    ["a tag", "{{#if tag:rhit}}yes{{else}}no{{/if}}", {}, "yes"],
    ["no such tag", "{{#if tag:rhia}}yes{{else}}no{{/if}}", {}, "no"],
    ["not a tag", "a{{#if not tag:rhit}}b{{/if}}c", {}, "ac"],
    ["a topic", "{{#if topic:coding}}yes{{else}}no{{/if}}", {}, "yes"],
    ["another topic", "{{#if topic:privacy}}yes{{else}}no{{/if}}", {}, "no"],
    ["a list", "{{#if list:digest}}yes{{else}}no{{/if}}", {}, "no"],
    ["a part of the world", "{{#if zone:Europe/*}}yes{{else}}no{{/if}}", {}, "yes"],
    ["a zone", "{{#if zone:America/New_York}}yes{{else}}no{{/if}}", {}, "no"],
  ])("says %s", (_, markdown, changes, words) => {
    const { bodyHtml, bodyText } = say(markdown, changes);
    expect(bodyText).toBe(words);
    expect(bodyHtml).toContain(`>${words}</p>`);
  });

  it("takes whole paragraphs and items in and out", () => {
    const markdown = "One.\n\n{{#if tag:rhit}}\nTwo.\n\n- three\n{{else}}\nFour.\n{{/if}}\n\nFive.";
    expect(say(markdown).bodyText).toBe("One.\n\nTwo.\n\n- three\n\nFive.");
    expect(say(markdown, { tags: [] }).bodyText).toBe("One.\n\nFour.\n\nFive.");
    const list = "- one\n{{#if tag:rhit}}\n- two\n{{/if}}\n- three";
    expect(say(list).bodyText).toBe("- one\n- two\n- three");
    expect(say(list, { tags: [] }).bodyText).toBe("- one\n- three");
  });

  it("links to the reader's own page", () => {
    const { bodyHtml, bodyText } = say("[Where you are]({{progressUrl}}), or {{progressUrl}}");
    expect(bodyHtml).toContain('href="https://steps.example/progress/abc?x=1&amp;y=2"');
    expect(bodyHtml).not.toContain("progress.invalid");
    expect(bodyText).toBe(`Where you are (${progressUrl}), or ${progressUrl}`);
  });

  it("has fields and blocks in its subject", () => {
    const title = "{{firstName|Hello}}, {{#if tag:rhit}}for RHITs{{else}}for all{{/if}}";
    expect(say("x", {}, title).title).toBe("Ada, for RHITs");
    expect(say("x", { name: "", tags: [] }, title).title).toBe("Hello, for all");
  });

  it.each([
    ["Hello\n\n{{greeting}}", "Line 3: {{greeting}} is nothing that can be filled in"],
    ["{{name}}", "Line 1: Some readers gave no name"],
    ["{{#if not name}}{{name}}{{/if}} x", "Line 1: Some readers gave no name"],
    ["a\n{{#if tag:x}}\nb", "Line 2: The block is not closed"],
    ["{{#if tag:x}}{{#if tag:y}}a{{/if}}{{/if}}b", "Line 1: A block stands in a block"],
    ["{{else}}a", "Line 1: {{else}} stands in no block"],
    ["a{{/if}}", "Line 1: {{/if}} closes no block"],
    ["{{#if mood:good}}a{{/if}}b", "asks for nothing that is known of a reader"],
    ["{{#if tag}}a{{/if}}b", "asks for nothing that is known of a reader"],
    ["a {{ b", "Line 1: Two braces stand alone"],
    ["a }} b", "Line 1: Two braces stand alone"],
    ["[x](https://a.example/{{name|y}})", "A field stands in the address or title of a link"],
    ["{{#if tag:a}}a{{/if}}", "Some readers would get no text"],
    ["One\n\n{{#if tag:a}}\nfine\n{{else}}\n<b>bold</b>\n{{/if}}", "Line 6: HTML (<b>)"],
    [
      "abcdefg".replace(/./g, (letter) => `{{#if tag:${letter}}}${letter}{{/if}}`).concat(" x"),
      "asks for 7 different conditions",
    ],
  ])("refuses %j and says why, and in which line", (markdown, words) => {
    expect(read(markdown).problems.markdown).toContain(words);
  });

  it("refuses a subject that is wrong, or empty for some", () => {
    expect(read("x", "{{nme}}").problems.title).toContain("{{nme}} is nothing that can be filled in");
    expect(read("x", "{{#if tag:a}}a{{/if}}").problems.markdown).toContain(
      "Some readers would get no subject",
    );
  });

  it("shows the same of a name in both parts, whatever the name, with nothing left to fill and no markup of it", () => {
    const markdown =
      "Start {{name|friend}} end.\n\n{{#if tag:a}}\nBlock A.\n{{else}}\nNo block.\n{{/if}}\n\n- {{firstName|you}}";
    const text = read(markdown, "To {{name|friend}}");
    const name = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("<script>", "{{x}}", "a\r\nBcc: b", "**b**", '"><img>', "\uE0000\uE001", "$&"),
    );
    fc.assert(
      fc.property(name, fc.boolean(), (given, hasTag) => {
        const who = { ...reader, name: given, tags: hasTag ? ["a"] : [] };
        const { title, bodyHtml, bodyText } = text.bodyFor(who, { name: given, progressUrl });
        for (const part of [title, bodyHtml, bodyText]) expect(part).not.toMatch(/\{\{|\}\}/);
        expect(title).not.toMatch(/\p{Cc}/u);
        expect(bodyHtml.match(/<[a-z]+/g)?.toSorted()).toEqual(["<li", "<p", "<p", "<ul"]);
        for (const part of [bodyHtml, bodyText]) {
          expect(part.includes("Block A.")).toBe(hasTag);
          expect(part.includes("No block.")).toBe(!hasTag);
        }
      }),
    );
  });
});
