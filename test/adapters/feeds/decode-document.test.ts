import { describe, expect, it } from "vitest";
import { decodeDocument } from "../../../adapters/feeds/decode-document.ts";

const declared = (charset: string, text: string) =>
  `<?xml version="1.0" encoding="${charset}"?><rss>${text}</rss>`;
const cafe = (charset: string) => Buffer.from(declared(charset, "caf\u00e9"), "latin1");
const xml = "application/xml";

describe("the characters of a document", () => {
  it("are those of its mark, whatever header and declaration say", () => {
    const marked = Buffer.from(`\ufeff${declared("iso-8859-1", "café")}`);
    expect(decodeDocument(marked, `${xml}; charset=iso-8859-1`)).toContain("café");
  });

  it("are those of the header, which goes before the declaration", () => {
    const bytes = Buffer.from(declared("utf-8", "\u00d0"), "latin1");
    expect(decodeDocument(bytes, `${xml}; charset="koi8-r"`)).toContain("п");
  });

  it.each([
    ["a header of UTF-8 over windows-1252 that says so", cafe("windows-1252"), "utf-8"],
    ["a header and a declaration of UTF-8 over windows-1252", cafe("utf-8"), "utf-8"],
    ["a declaration of UTF-8 over windows-1252", cafe("utf-8"), undefined],
    ["a declaration of UTF-16 over UTF-8", Buffer.from(declared("utf-16", "café")), undefined],
    ["a header of UTF-16 over UTF-8", Buffer.from(declared("utf-8", "café")), "utf-16"],
  ])("are not believed where the bytes cannot be that: %s", (_, bytes, charset) => {
    expect(decodeDocument(bytes, charset ? `${xml}; charset=${charset}` : xml)).toContain("<rss>café</rss>");
  });

  it("stay UTF-8 for all but the few that are broken", () => {
    const text = declared("utf-8", "naïve café über ñ");
    const bytes = Buffer.concat([Buffer.from(text), Buffer.from([0xe9])]);
    expect(decodeDocument(bytes, `${xml}; charset=utf-8`)).toBe(`${text}\ufffd`);
    expect(decodeDocument(Buffer.from("<rss>naïve ñ\u0000</rss>"), xml)).toContain("naïve ñ");
  });

  it("of a charset that nobody knows are refused", () => {
    expect(() => decodeDocument(Buffer.from("<rss/>"), `${xml}; charset=klingon`)).toThrow("unknown-charset");
    expect(() => decodeDocument(Buffer.from(declared("klingon", "")), xml)).toThrow("unknown-charset");
  });
});
