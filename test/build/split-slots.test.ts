import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSlots } from "../../build/find-slots.ts";
import { splitHtml, splitText, splitTextPart } from "../../build/split-slots.ts";

const placeOf = (html: string) => findSlots(html)[0]?.place;

describe("a slot knows how its value must be escaped", () => {
  it.each([
    ["as HTML between tags", "<p>{{greeting}}</p>"],
    ["as HTML in the text of a link", '<a href="https://x.org">{{greeting}}</a>'],
    ["as HTML after a tag that holds > in an attribute", '<p title="a > b">{{greeting}}</p>'],
    ["as HTML between two comments", "<!--[if !mso]><!-->{{greeting}}<!--<![endif]-->"],
  ])("%s", (_, html) => expect(placeOf(html)).toBe("html"));

  it.each([
    ["as an address at the start of an href", '<a href="{{publicUrl}}/x">'],
    ["as an address in an HREF", '<A CLASS="b" HREF="{{publicUrl}}">'],
    ["as an address after an attribute that looks like a tag", `<a title='<a href="' href="{{publicUrl}}">`],
    ["as an address with spaces around the sign", '<a href = "{{publicUrl}}">'],
  ])("%s", (_, html) => expect(placeOf(html)).toBe("url"));

  it.each([
    ["in the attribute title", '<a title="{{greeting}}">'],
    ["in the attribute style", '<p style="color:{{greeting}}">'],
    ["in the attribute src", '<img src="{{publicUrl}}/a.png">'],
    ["in the attribute data-href", '<a data-href="{{publicUrl}}">'],
    ["in the attribute title", `<a title="x href='{{publicUrl}}'">`],
    ["inside an address, not at its start", '<a href="https://x.org/?u={{publicUrl}}">'],
    ["inside an address, not at its start", '<a href="{{publicUrl}}{{confirmUrl}}">'],
    ['in an href without "double quotes"', "<a href='{{publicUrl}}'>"],
    ['in an href without "double quotes"', "<a href={{publicUrl}}>"],
    ["in a tag", "<a {{greeting}}>"],
    ["in a tag", "<{{greeting}}>".replace("<", "<a")],
    ["in <style>", "<style>p{color:{{greeting}} }</style>"],
    ["in <title>", "<title>{{greeting}}</title>"],
    ["in <script>", "<SCRIPT>'{{greeting}}'</SCRIPT>".replaceAll("SCRIPT", "script")],
    ["in a comment", "<!-- {{greeting}} -->"],
    ["in a comment", '<!--[if mso]><a href="{{publicUrl}}"></a><![endif]-->'],
  ])("and may not stand %s: %s", (mistake, html) => {
    expect(findSlots(html).at(-1)?.place).toEqual({ mistake });
    expect(() => splitHtml(html)).toThrow(mistake);
  });
});

describe("splitting", () => {
  it("takes the slots out and keeps everything else", () => {
    expect(splitHtml('<p>{{greeting}}</p><a href="{{publicUrl}}/a">b</a>')).toEqual({
      literals: ["<p>", '</p><a href="', '/a">b</a>'],
      slots: [
        { name: "greeting", as: "html" },
        { name: "publicUrl", as: "url" },
      ],
    });
  });

  it("takes < for what it is in plain text", () => {
    expect(splitText("<a {{greeting}}>").slots).toEqual([{ name: "greeting", as: "text" }]);
  });

  it("refuses a slot that nobody fills", () => {
    expect(() => splitText("{{name}}")).toThrow("There is no slot {{name}}");
    expect(() => splitHtml("{{ greeting }}")).toThrow("There is no slot {{ greeting }}");
  });

  it("lets a body made at run time stand in its own part only, as a block", () => {
    expect(splitHtml("<div>{{bodyHtml}}</div>").slots).toEqual([{ name: "bodyHtml", as: "block" }]);
    expect(splitTextPart("{{greeting}}\n{{bodyText}}").slots).toEqual([
      { name: "greeting", as: "text" },
      { name: "bodyText", as: "block" },
    ]);
    for (const wrong of [
      () => splitHtml("<p>{{bodyText}}</p>"),
      () => splitHtml('<a href="{{bodyHtml}}">'),
      () => splitTextPart("{{bodyHtml}}"),
      () => splitText("{{bodyText}}"),
      () => splitText("{{bodyHtml}}"),
    ]) {
      expect(wrong).toThrow(/^The slot \{\{body(Html|Text)\}\} (cannot stand here|stands in an address)$/);
    }
  });

  it("loses nothing: literals and slots make the text again", () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom("{{greeting}}", "{{publicUrl}}", "{", "}"));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        fc.pre(
          [...text.matchAll(/\{\{([^{}]*)\}\}/g)].every(([, name]) =>
            /^(greeting|publicUrl)$/.test(name ?? ""),
          ),
        );
        const { literals, slots } = splitText(text);
        expect(literals).toHaveLength(slots.length + 1);
        expect(
          literals
            .map((literal, index) => literal + (slots[index] ? `{{${slots[index].name}}}` : ""))
            .join(""),
        ).toBe(text);
      }),
    );
  });
});
