import { describe, expect, it } from "vitest";
import { textPart } from "../../../build/text-part.ts";
import { renderHtml } from "../../../core/markdown/render-html.ts";
import { renderText } from "../../../core/markdown/render-text.ts";

const link = (href: string) => href;
const render = (markdown: string) => renderText(markdown, { link });
const long = "word ".repeat(40).trim();

describe("Markdown as plain text", () => {
  it.each([
    ["paragraphs", `${long}\n\nTwo\nlines, *both* **one** \`code\`.`],
    ["headings", `a\n\n## One *two*\n\nb\n\n### Three`],
    ["links", "See [this *one*](https://x.org/a?b=1&c=2), https://x.org and a@x.org."],
    ["lists", `- a\n- ${long}`],
    ["signs", '1 < 2 & "three" &amp; &#169; &lt;b&gt;'],
    ["breaks", "one  \ntwo"],
    ["quotes", "> a\n> b\n>\n> c"],
  ])("reads as the build would write it: %s", (_, markdown) => {
    expect(`${render(markdown)}\n`).toBe(textPart(renderHtml(markdown, { link })));
  });

  it("wraps at 72 signs, the last of them included", () => {
    const fits = `${"a".repeat(35)} ${"b".repeat(36)}`;
    expect(render(`${fits} c`)).toBe(`${fits}\nc`);
    expect(render(`${fits}b`)).toBe(`${"a".repeat(35)}\n${"b".repeat(37)}`);
  });

  it("sets lists in lists in", () => {
    expect(render("1. b\n2. c")).toBe("1. b\n2. c");
    expect(render("3. a\n   - b\n   - c\n4. d\n\n   e")).toBe("3. a\n\n   - b\n   - c\n\n4. d\n\n   e");
    expect(render("- [ ] a\n- [x] b")).toBe("- [ ] a\n- [x] b");
  });

  it("keeps code as it stands, and tables by row", () => {
    expect(render("```\na  b\n  c\n```")).toBe("a  b\n  c");
    expect(render("| a | b |\n|-|-|\n| 1 | *2* |")).toBe("a | b\n1 | 2");
  });

  it("shows HTML as it was written, pictures by their words, and links without an address by theirs", () => {
    expect(render("a <b>c</b> ![d](e.png)")).toBe("a <b>c</b> d");
    expect(renderText("[a](b)", { link: () => undefined })).toBe("a");
  });
});
