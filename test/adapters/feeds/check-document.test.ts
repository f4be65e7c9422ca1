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
    ["<rss><![CDATA[", xml, "not-xml"],
    ["<svg></svg>", xml, "not-a-feed"],
    ["<feedback></feedback>", xml, "not-a-feed"],
    ["<!DOCTYPE rss [<!ENTITY a 'b'>]><rss></rss>", xml, "doctype"],
    ["<?xml version='1.0'?>\n<!doctype rss SYSTEM 'http://10.0.0.1/x'><rss></rss>", xml, "doctype"],
    ["<?x <!-- ?><!DOCTYPE rss><!-- --><rss></rss>", xml, "doctype"],
    ["<!-- <?x --><!DOCTYPE rss><?y ?><rss></rss>", xml, "doctype"],
    ["<rss><![CDATA[a]]><!ENTITY b 'c'></rss>", xml, "doctype"],
  ])("like %s of type %s is refused: %s", (text, type, code) => {
    expect(() => checkDocument(text, type)).toThrow(code);
  });

  it("of ten million openings is refused in no time", () => {
    const started = performance.now();
    expect(() => checkDocument(`<rss>${"<!--".repeat(2_500_000)}`, xml)).toThrow("not-xml");
    checkDocument(`<rss>${"<".repeat(10_000_000)}`, xml);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
