import { describe, expect, it } from "vitest";
import { headingIds, renderMarkdown } from "../../build/markdown.ts";

const link = (href: string) => `to:${href}`;
const render = (markdown: string) => renderMarkdown(markdown, { link });

describe("Markdown", () => {
  it("becomes HTML on one line, so that no line of a template moves", () => {
    expect(render("One\ntwo\n\n- a\n- b\n\n```\nx\ny\n```")).toBe(
      "<p>One two</p> <ul> <li>a</li> <li>b</li> </ul> <pre><code>x<br>y</code></pre>",
    );
  });

  it("escapes what is not markup", () => {
    expect(render('1 < 2 & "three"')).toBe("<p>1 &lt; 2 &amp; &quot;three&quot;</p>");
    expect(render("`<b>`")).toBe("<p><code>&lt;b&gt;</code></p>");
  });

  it("turns each link into what the mail or the page needs, safe in its attribute", () => {
    expect(render("[a *b*](c.md)")).toBe('<p><a href="to:c.md">a <em>b</em></a></p>');
    expect(render('[a](https://x.org "1 < 2")')).toContain('title="1 &lt; 2"');
    expect(render("[a](https://x.org/?a=1&b=2)")).toContain('href="to:https://x.org/?a=1&amp;b=2"');
  });

  it("leaves slots and facts as they are, also in links", () => {
    const same = (href: string) => href;
    expect(renderMarkdown("{{greeting}} {fact:a-b} [x]({{publicUrl}}/y)", { link: same })).toBe(
      '<p>{{greeting}} {fact:a-b} <a href="{{publicUrl}}/y">x</a></p>',
    );
  });

  it("marks tables, which plain text lays out by column", () => {
    expect(render("| a |\n| - |\n| b |")).toContain('<table class="data">');
  });

  it("gives headings ids where they can be linked to, and only there", () => {
    const markdown = "## Codes & *payment*\n\n## Übung 1";
    expect(renderMarkdown(markdown, { link, headingIds: true })).toContain('<h2 id="codes-payment">');
    expect(render(markdown)).toContain("<h2>Codes");
    expect([...headingIds(markdown)]).toEqual(["codes-payment", "übung-1"]);
  });
});
