import { describe, expect, it } from "vitest";
import { plainText } from "../../../adapters/feeds/plain-text.ts";

describe("plain text", () => {
  it.each([
    ["<p>One</p><p>two</p>", "One two"],
    ["in<em>side</em> a word", "inside a word"],
    ["line<br>break", "line break"],
    ["&lt;b&gt; stays a letter &amp;amp; so does this", "<b> stays a letter &amp; so does this"],
    ["Caf&eacute; &#8211; &nbsp; open", "Café – open"],
    ["<style>p{}</style><script>alert(1)</script>text", "text"],
    ["<!-- a comment -->text", "text"],
    ["1 < 2 and 3 > 2", "1 < 2 and 3 > 2"],
    ["right\u202eleft\u0000nul", "right left nul"],
    ["one<hr>two<dl><dt>three<dd>four</dl>", "one two three four"],
    ["docu\u00adment im\u200bprove\ufeffment", "document improvement"],
    [
      "\u{1f469}\u200d\u2695\ufe0f \u0645\u06cc\u200c\u0634",
      "\u{1f469}\u200d\u2695\ufe0f \u0645\u06cc\u200c\u0634",
    ],
    ["<![CDATA[<p>packed</p> again]]>", "packed again"],
    ["<img alt='x' src='https://spy.example/p.gif'>", ""],
  ])("of %s is %s", (markup, text) => {
    expect(plainText(markup, 300)).toBe(text);
  });

  it("is cut between words and never inside a character", () => {
    expect(plainText("one two three four", 12)).toBe("one two…");
    expect(plainText("😀".repeat(10), 6)).toBe("😀😀…");
    expect(plainText("short", 5)).toBe("short");
  });
});
