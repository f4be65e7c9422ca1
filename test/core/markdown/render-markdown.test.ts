import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildCatalogue } from "../../../build/build-catalogue.ts";
import { mailStyles } from "../../../core/markdown/mail-styles.ts";
import { renderMarkdown } from "../../../core/markdown/render-markdown.ts";
import { palette } from "../../../web/palette.ts";
import { withChange } from "../../build/sample-sources.ts";
import { written } from "../../templates/project-catalogue.ts";

const theme = { accent: "#0b5d66", accentDark: "#6cc5cf", font: "serif" };
const render = (markdown: string) => renderMarkdown(markdown, theme);

const everything = `One & *two*, [three](https://example.org/?a=1&b=2).

## Four

### Five

1. six
2. seven

- eight

> nine

| ten | eleven |
| - | -: |
| 12 | 13 |

---

\`\`\`
14
\`\`\``;

describe("Markdown at run time", () => {
  it("looks as it would if the build had compiled it into a mail", async () => {
    const sources = withChange("content/courses/first-aid/bye.md", "Some words.", everything);
    const { catalogue, problems } = await buildCatalogue(sources, "2026-12-01");
    expect(problems).toEqual([]);
    const mail = catalogue?.mails["course/first-aid/bye"];
    const looks = (html: string) =>
      html
        .replaceAll("> <", "><")
        .replace(/<([a-z]\w*)((?: [^<>]*)?)>/g, (_, tag: string, attributes: string) => {
          const kept = (attributes.match(/(?:style|href|class)="[^"]*"/g) ?? []).sort().join(" ");
          return `<${tag} ${kept.replace(/([;:]) ?/g, "$1").replaceAll(';"', '"')}>`;
        });
    const body = /<p style="[^"]*">One .*<\/pre>/.exec(mail ? written(mail.html) : "")?.[0] ?? "";
    expect(looks(body)).toBe(looks(render(everything).html));
  });

  it("has the colours of the palette and no other", () => {
    const { light } = palette(theme);
    const used = JSON.stringify(mailStyles(theme)).match(/#[0-9a-f]{6}/g) ?? [];
    expect(new Set(used)).toEqual(new Set([light.accent, light.line]));
  });

  it("has no problem where nothing has to be mended", () => {
    expect(render(everything).problems).toEqual([]);
    expect(render("").problems).toEqual([]);
  });

  it("names what it cannot show, each with its line", () => {
    const source = "# Title\n\n<b>bold</b> ![a](b.png)\n\n[c](javascript:d) {{greeting}}\n\n{fact:pulse}";
    expect(render(source).problems).toEqual([
      expect.stringContaining("Line 1: The title is made by the template"),
      expect.stringContaining("Line 3: HTML (<b>) is not for mails"),
      expect.stringContaining("Line 3: HTML (</b>) is not for mails"),
      expect.stringContaining("Line 3: Pictures are not for mails"),
      expect.stringContaining("Line 5: The link javascript:d leads nowhere"),
      expect.stringContaining("Line 5: {{greeting}} would be sent as it is"),
      expect.stringContaining("Line 7: {fact:pulse} would be sent as it is"),
    ]);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "//x.org",
    "/a",
    "vbscript:x",
    "https:x",
    "#a",
    "ftp://x.org",
  ])("leads nowhere by the link %s", (href) => {
    const { html, text } = render(`[a](${href})`);
    expect(html).toBe('<p style="margin: 0 0 18px;">a</p>');
    expect(text).toBe("a");
  });

  it.each(["https://x.org/a", "http://x.org", "mailto:a@x.org", "HTTPS://x.org"])(
    "follows the link %s",
    (href) => {
      expect(render(`[a](${href})`).html).toContain(`href="${href}"`);
    },
  );

  it("takes any kind of line end, and no control character", () => {
    expect(render("a\r\n\r\nb\rc\0\u001b\u0085&#27;&#x85;&#0;").text).toBe("a\n\nb c\ufffd");
  });
});

describe("Markdown from anyone", () => {
  const element =
    '(?:p|h[1-6]|ul|ol(?: start="\\d+")?|li|a(?: href="(?:https?:|mailto:)[^"<>]*")(?: title="[^"<>]*")?|hr|br|em|strong|del|code|pre|blockquote|table|thead|tbody|tr|t[hd](?: align="(?:left|right|center)")?)';
  const tag = new RegExp(`^<(?:/[a-z][a-z0-9]*|${element})>$`, "i");

  it("becomes no markup but the renderer's own", () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 6 }),
      fc.constantFrom(
        ..."<script>|</script>|<b onx=1>|<img src=x onerror=y>|<!--|-->|<![CDATA[|<?|&lt;|&#60;|&#27;|&#10;|&#x3c;|\\<|\"|'|`|```|~~~".split(
          "|",
        ),
        ..."[a](|)|javascript:x|java&#115;cript:x|https://x.org/\"onx=|<https://x.org/'>|![|](|\n|\n\n|- |1. |> |# |**|_|~~|[x] |    ".split(
          "|",
        ),
        ...[
          "| a | b |\n|-|-|\n| ",
          " | ",
          "[r]: ",
          "[r]",
          "\t",
          '"><i>',
          "<javascript:x>",
          "<pre>",
          "</pre>",
          "<a href='x'>",
        ],
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 24 }), (pieces) => {
        const { html, text } = render(pieces.join(""));
        const bare = html.replace(/ style="[^"<>]*"/g, "").replaceAll(' class="data"', "");
        for (const found of bare.match(/<[^>]*>?/g) ?? []) expect(found).toMatch(tag);
        expect(bare.replace(/<[^>]*>/g, "")).not.toMatch(/[<>"']/);
        expect(html).not.toMatch(/[^\P{Cc}\t]/u);
        expect(text).not.toMatch(/[^\P{Cc}\n\t]/u);
      }),
      { numRuns: 2000 },
    );
  });
});
