import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CompiledText } from "../../../core/catalogue.ts";
import { fill } from "../../../core/delivery/render.ts";

const inHtml: CompiledText = { literals: ["<p>", "</p>"], slots: [{ name: "greeting", as: "html" }] };
const inUrl: CompiledText = {
  literals: ['<a href="', '">x</a>'],
  slots: [{ name: "confirmUrl", as: "url" }],
};
const inText: CompiledText = { literals: ["Subject: ", ""], slots: [{ name: "greeting", as: "text" }] };

describe("a compiled text", () => {
  it("never lets a value become markup", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("<", ">", '"', "'", "&", "a", "{", "}", "é", "م") }),
        (greeting) => {
          const filled = fill(inHtml, { greeting });
          expect(filled.slice(3, -4)).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39|#123|#125);)/);
          expect(decode(filled.slice(3, -4))).toBe(greeting);
        },
      ),
    );
  });

  it("keeps a link inside its quotes", () => {
    const confirmUrl = 'https://x.example/?a=1&b="><script>';
    expect(fill(inUrl, { confirmUrl })).toBe(
      '<a href="https://x.example/?a=1&amp;b=&quot;&gt;&lt;script&gt;">x</a>',
    );
  });

  it.each(["javascript:alert(1)", "//x.example", "", "data:text/html,x"])(
    "refuses the link %j",
    (confirmUrl) => {
      expect(() => fill(inUrl, { confirmUrl })).toThrow(expect.objectContaining({ code: "mail.bad-link" }));
    },
  );

  it("keeps a value on one line where a header may come of it", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("\r", "\n", "\0", "\t", "a", "é") }), (greeting) => {
        expect(fill(inText, { greeting })).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it("does not read slots out of a value", () => {
    expect(fill(inHtml, { greeting: "{{confirmUrl}}" })).toBe("<p>&#123;&#123;confirmUrl&#125;&#125;</p>");
  });

  it("is not sent with a hole", () => {
    expect(() => fill(inHtml, {})).toThrow(expect.objectContaining({ code: "mail.value-missing" }));
  });
});

function decode(html: string): string {
  return html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&#123;", "{")
    .replaceAll("&#125;", "}")
    .replaceAll("&amp;", "&");
}
