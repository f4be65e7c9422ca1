import { describe, expect, it } from "vitest";
import { headingIds, renderHtml } from "../../../core/markdown/render-html.ts";

const link = (href: string) => `to:${href}`;
const render = (markdown: string) => renderHtml(markdown, { link });

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

  it("shows HTML as text, even what stands inside a script, and pictures by their words", () => {
    expect(render("a <b onclick='x'>c</b>")).toBe("<p>a &lt;b onclick=&#39;x&#39;&gt;c&lt;/b&gt;</p>");
    expect(render("a <script>1 < 2 <i></script>")).toBe(
      "<p>a &lt;script&gt;1 &lt; 2 &lt;i&gt;&lt;/script&gt;</p>",
    );
    expect(render("<div>\nx\n</div>\n\ny")).toBe("<p>&lt;div&gt; x &lt;/div&gt;</p> <p>y</p>");
    expect(render('![a "dog"](https://x.org/a.png)')).toBe("<p>a &quot;dog&quot;</p>");
  });

  it("knows the entities of Markdown, and takes every other & for what it is", () => {
    expect(render("&copy; &#169; a&b; & &;")).toBe("<p>&copy; © a&amp;b; &amp; &amp;;</p>");
  });

  it("shows tasks with boxes, since mails have no forms", () => {
    expect(render("- [ ] a\n- [x] b")).toBe("<ul> <li>&#9744; a</li> <li>&#9745; b</li> </ul>");
  });

  it("leaves a link without an address as its words", () => {
    expect(renderHtml("[a *b*](c)", { link: () => undefined })).toBe("<p>a <em>b</em></p>");
  });

  it("puts styles on the elements themselves, for mails", () => {
    const styles = { p: "margin: 0", td: "padding: 0" };
    expect(renderHtml("a\n\n    <p>", { link, styles })).toBe(
      '<p style="margin: 0">a</p> <pre><code>&lt;p&gt;</code></pre>',
    );
    expect(renderHtml("| a |\n| - |\n| b |", { link, styles })).toMatch(
      /<th>a<\/th>.*<td style="padding: 0">b/,
    );
  });

  it("turns each link into what the mail or the page needs, safe in its attribute", () => {
    expect(render("[a *b*](c.md)")).toBe('<p><a href="to:c.md">a <em>b</em></a></p>');
    expect(render('[a](https://x.org "1 < 2")')).toContain('title="1 &lt; 2"');
    expect(render("[a](https://x.org/?a=1&b=2)")).toContain('href="to:https://x.org/?a=1&amp;b=2"');
  });

  it("leaves slots and facts as they are, also in links", () => {
    const same = (href: string) => href;
    expect(renderHtml("{{greeting}} {fact:a-b} [x]({{publicUrl}}/y)", { link: same })).toBe(
      '<p>{{greeting}} {fact:a-b} <a href="{{publicUrl}}/y">x</a></p>',
    );
  });

  it("marks tables, which plain text lays out by column", () => {
    expect(render("| a |\n| - |\n| b |")).toContain('<table class="data">');
  });

  it("gives headings ids where they can be linked to, and only there", () => {
    const markdown = "## Codes & *payment*\n\n## Übung 1";
    expect(renderHtml(markdown, { link, headingIds: true })).toContain('<h2 id="codes-payment">');
    expect(render(markdown)).toContain("<h2>Codes");
    expect([...headingIds(markdown)]).toEqual(["codes-payment", "übung-1"]);
  });
});
