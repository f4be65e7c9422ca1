import { describe, expect, it } from "vitest";
import { checkDocument } from "../../../adapters/feeds/check-document.ts";

const xml = "application/xml";

describe("a document", () => {
  it.each([
    ['<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "application/rss+xml; charset=utf-8"],
    ["\n <!-- c --><?xml-stylesheet href='x'?><feed xmlns='a'></feed>", "application/atom+xml"],
    ["<rdf:RDF xmlns='a'></rdf:RDF>", "application/rdf+xml"],
    ["<rss></rss>", "text/html"],
    ["<rss></rss>", "application/octet-stream"],
    ["<rss></rss>", ""],
    ["<rss><title><![CDATA[<!DOCTYPE html> explained]]></title></rss>", xml],
    ["<rss><!-- <!ENTITY x> --></rss>", xml],
    [
      "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://x.example/rss.dtd'><rss></rss>",
      xml,
    ],
    ["<?x <!-- ?><!DOCTYPE rss><!-- --><rss></rss>", xml],
    ["Notice: a plugin spoke first\n<rss></rss>", xml],
    ["<rss><![CDATA[", xml],
    ["<a10:feed xmlns:a10='http://www.w3.org/2005/Atom'></a10:feed>", xml],
    ["<RSS version='0.91'></RSS>", xml],
    ["<br />\n<b>Notice</b>: a plugin spoke first<br />\n<?xml version='1.0'?><rss></rss>", xml],
  ])("like %s of type %s passes", (text, type) => {
    expect(() => checkDocument(text, type)).not.toThrow();
  });

  it.each([
    ["<!doctype html><p>We have moved.</p>", "text/html", "html"],
    ["<!DOCTYPE HTML PUBLIC '-//W3C//DTD'><html></html>", xml, "html"],
    ["<!-- moved --><html lang='en'></html>", xml, "html"],
    ["<HTML><body/></HTML>", xml, "html"],
    ["We have moved.", "text/plain", "not-xml"],
    ["", xml, "not-xml"],
    ['{"version":"https://jsonfeed.org/version/1.1"}', "application/json", "not-xml"],
    ["<rss></rss>", "image/png", "not-xml"],
    ["<rss></rss>", "application/pdf", "not-xml"],
    ["<?xml version='1.0'", xml, "not-xml"],
    ["<svg></svg>", xml, "not-a-feed"],
    ["<feedback></feedback>", xml, "not-a-feed"],
    ["<!DOCTYPE rss [<!ENTITY a 'b'>]><rss></rss>", xml, "doctype"],
    ["<rss><![CDATA[a]]><!ENTITY b 'c'></rss>", xml, "doctype"],
    [
      "<?xml version='1.0'?>\n<!doctype rss SYSTEM 'http://10.0.0.1/x' [\n<!entity b 'c'>]><rss></rss>",
      xml,
      "doctype",
    ],
  ])("like %s of type %s is refused: %s", (text, type, code) => {
    expect(() => checkDocument(text, type)).toThrow(code);
  });

  it("begins with its first element, whatever a server said before", () => {
    expect(checkDocument("<br />\n<b>Warning</b>: old<br />\n<?xml version='1.0'?><rss></rss>", xml)).toBe(
      "<rss></rss>",
    );
  });

  it.each([
    "<p>We have moved.</p>",
    "<br><b>Fatal error</b>",
    "<br/><!doctype html><rss></rss>",
    "<table><rss>",
  ])("like %s is no feed for all its markup", (text) => {
    expect(() => checkDocument(text, xml)).toThrow(/^(?:not-xml|html|not-a-feed)$/);
  });

  it("of ten million openings is looked through in no time", () => {
    const started = performance.now();
    checkDocument(`<rss>${"<!--".repeat(2_500_000)}`, xml);
    checkDocument(`<rss>${"<![CDATA[".repeat(1_000_000)}`, xml);
    checkDocument(`<rss>${"<!doctype ".repeat(1_000_000)}`, xml);
    checkDocument(`<rss>${"<".repeat(10_000_000)}`, xml);
    expect(() => checkDocument("<".repeat(10_000_000), xml)).toThrow("not-xml");
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
