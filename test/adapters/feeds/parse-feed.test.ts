import { readFileSync } from "node:fs";
import fc from "fast-check";
import RssParser from "rss-parser";
import { describe, expect, it, vi } from "vitest";
import { decodeDocument } from "../../../adapters/feeds/decode-document.ts";
import { parseFeed } from "../../../adapters/feeds/parse-feed.ts";
import { tidyDocument } from "../../../adapters/feeds/tidy-document.ts";

const fixture = (name: string) =>
  decodeDocument(readFileSync(new URL(`fixtures/${name}`, import.meta.url)), "application/xml");
const rss = (item: string) =>
  `<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><item>${item}</item></channel></rss>`;
const at = "https://feeds.example/all.xml";
const entriesOf = async (xml: string, url: string) => (await parseFeed(xml, url)).entries;

describe("a feed", () => {
  it("in RSS 2.0 is read into plain text and absolute addresses", async () => {
    expect(await entriesOf(fixture("rss-2.0.xml"), "https://coding.example/feed")).toEqual([
      {
        guid: "coding-2",
        title: "Five queries that physicians answer & like",
        url: "https://coding.example/2027/queries?page=2",
        summary: "How to word a query. Read it here.",
        publishedAt: "2027-03-01T08:00:00.000Z",
      },
      {
        guid: "https://coding.example/signs",
        title: "Signs & symptoms",
        url: "https://coding.example/signs",
        summary: "",
      },
      {
        guid: "https://coding.example/bold",
        title: "Bold from the start",
        url: "https://coding.example/bold",
        summary: "",
      },
    ]);
  });

  it("in RSS 1.0 is read in its own charset", async () => {
    expect(await entriesOf(fixture("rss-1.0.xml"), at)).toEqual([
      {
        guid: "https://privacy.example/release",
        title: "Release of information: the form's café rules",
        url: "https://privacy.example/release",
        summary: "Which lines make it valid.",
        publishedAt: "2027-03-04T12:00:00.000Z",
      },
    ]);
  });

  it("in Atom is read, a bad date losing the date alone", async () => {
    expect(await entriesOf(fixture("atom.xml"), "https://lab.example/news/feed.atom")).toEqual([
      {
        guid: "urn:lab:1",
        title: "What an EHR migration looks like",
        url: "https://lab.example/news/migration#top",
        summary: "Three months, two systems.",
        publishedAt: "2027-03-06T17:20:00.000Z",
      },
      {
        guid: "urn:lab:2",
        title: "Scanning day",
        url: "https://lab.example/scanning",
        summary: "Old paper & new names",
      },
    ]);
  });

  it("without items is empty", async () => {
    expect(await entriesOf('<rss version="2.0"><channel><title>New</title></channel></rss>', at)).toEqual([]);
  });

  it.each([
    ["<rss version='2.0'><channel>", "never ends"],
    ["<rss version='2.0'></rss>", "has no channel"],
    ["<feed><entry><link>no address</link></entry></feed>", "has no title and no address"],
  ])("that %s (%s) is empty", async (xml) => {
    expect(await entriesOf(xml, at)).toEqual([]);
  });

  it("is read by rss-parser, with a parser of its own", async () => {
    const reads = vi.spyOn(RssParser.prototype, "parseString");
    await entriesOf(rss("<title>T</title><link>/a</link>"), at);
    await entriesOf("<feed xmlns='http://www.w3.org/2005/Atom'/>", at);
    expect(new Set(reads.mock.contexts).size).toBe(2);
    reads.mockImplementation(() => Promise.reject(new Error("gone")));
    await expect(parseFeed(rss("<title>T</title><link>/a</link>"), at)).rejects.toThrow("unreadable");
    reads.mockRestore();
  });

  it("says for how long it stays good", async () => {
    const asking = (ttl: string) => `<rss version="2.0"><channel><ttl>${ttl}</ttl></channel></rss>`;
    expect(await parseFeed(asking("90"), at)).toEqual({ entries: [], ttlMinutes: 90 });
    expect(await parseFeed(asking("soon"), at)).toEqual({ entries: [] });
    expect(await parseFeed(asking("-5"), at)).toEqual({ entries: [] });
  });

  it("that nests without end is refused", async () => {
    const nested = rss(`<title>T</title>${"<b>".repeat(100_000)}`);
    await expect(parseFeed(nested, at)).rejects.toThrow("too-deep");
  });

  it("keeps two hundred items at most", async () => {
    const item = "<item><title>One</title><link>https://a.example/</link></item>";
    const xml = `<rss version="2.0"><channel>${item.repeat(250)}</channel></rss>`;
    expect(await entriesOf(xml, at)).toHaveLength(200);
  });

  it("that makes the parser slow is given up on", async () => {
    const slow = rss(`<title>T</title>${`<x ${"a='' ".repeat(50)}>`.repeat(20_000)}`);
    await expect(parseFeed(slow, at, 1)).rejects.toThrow("too-slow");
  });
});

describe("an item", () => {
  const read = async (item: string) => (await entriesOf(rss(item), at))[0];

  it.each([
    ["<title>T</title><link>javascript:alert(1)</link>", "another scheme"],
    ["<title>T</title><link>https://me:you@a.example/</link>", "credentials"],
    ["<title>T</title><link>http://[broken</link>", "a broken address"],
    ["<title>T</title><guid>urn:uuid:1</guid>", "no address"],
    ["<title> &lt;b&gt;&lt;/b&gt; </title><link>/a</link>", "no title"],
    [`<title>T</title><link>/${"a".repeat(3_000)}</link>`, "an endless address"],
  ])("like %s is left out for %s", async (item) => {
    expect(await read(item)).toBeUndefined();
  });

  it("with attributes, or with nothing but them, is read as far as it goes", async () => {
    const item = await read(
      '<title type="text">T</title><link type="x">/a</link><guid isPermaLink="false"/><pubDate/><description a="b"/>',
    );
    expect(item).toEqual({ title: "T", url: "https://feeds.example/a", summary: "" });
  });

  it.each([
    // Each has been served like this by some feed.
    ["<title>T &amp; U</title><link>/a</link>", { title: "T & U", url: "https://feeds.example/a" }],
    [
      "<title>T & U &nbsp;V</title><link>/a?b=1&c=2</link>",
      { title: "T & U V", url: "https://feeds.example/a?b=1&c=2" },
    ],
    ["<title>Open<link>/a</link>", { title: "Open", url: "https://feeds.example/a" }],
    ["<title>A <b>bold</b> word</title><link>/a</link>", { title: "A bold word" }],
    ["<title>T\u0002\u0000U</title><link>/a</link>", { title: "TU" }],
    [
      '<title>&lt;a href="/newsroom/rule" hreflang="en"&gt;The final rule&lt;/a&gt;</title><link>https://www.cms.example/%3Ca%20href%3D%22/newsroom/rule%22%20hreflang%3D%22en%22%3EThe%20final%20rule%3C/a%3E</link>',
      { title: "The final rule", url: "https://www.cms.example/newsroom/rule" },
    ],
    [
      '<title>&lt;a href="/newsroom/rule"&gt;The final rule&lt;/a&gt;</title>',
      { title: "The final rule", url: "https://feeds.example/newsroom/rule" },
    ],
    ["<title>T</title><guid>https://a.example/1</guid>", { url: "https://a.example/1" }],
    [
      "<title>T</title><atom:link rel='self' href='/me'/><atom:link href='/a'/>",
      { url: "https://feeds.example/a" },
    ],
    [
      "<title>T</title><link>/a</link><description>&amp;lt;p&amp;gt;Twice&amp;lt;/p&amp;gt;</description>",
      { summary: "Twice" },
    ],
    [
      "<title>T</title><link>/a</link><pubDate>Tue, 09/01/2026 - 09:02</pubDate>",
      { publishedAt: "2026-09-01T09:02:00.000Z" },
    ],
    [
      "<title>T</title><link>/a</link><pubDate>someday</pubDate><dc:date>2026-09-01</dc:date>",
      { title: "T" },
    ],
    [
      "<title>T</title><link>/a</link><source url='/x'>Elsewhere</source><media:group><title>No</title></media:group>",
      { title: "T" },
    ],
    [
      "<title>T</title><link>/a</link><category>Coding</category><category>&lt;b&gt;ICD&lt;/b&gt;-10</category>",
      { categories: ["Coding", "ICD-10"] },
    ],
  ])("like %s is read", async (item, wanted) => {
    expect(await read(item)).toMatchObject(wanted);
  });

  it.each([
    ["<title>T</title><guid isPermaLink='false'>https://a.example/1</guid>", "an id that is no link"],
    ["<title>T</title><link>tag:a.example,2026:1</link>", "a tag"],
  ])("like %s is left out for %s", async (item) => {
    expect(await read(item)).toBeUndefined();
  });

  it("after one that was never closed is an item too", async () => {
    const open = "<item><title>One</title><link>/1</link><item><title>Two</title><link>/2</link></item>";
    const xml = `<rss version="2.0"><channel>${open}</channel></rss>`;
    expect((await entriesOf(xml, at)).map(({ title }) => title)).toEqual(["One", "Two"]);
  });

  it.each([
    ["0.91", "<rss version='0.91'><channel><item><title>T</title><link>/a</link></item></channel></rss>"],
    [
      "0.90",
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'><item><title>T</title><link>/a</link></item></rdf:RDF>",
    ],
    [
      "1.0 with a prefix",
      "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:r='http://purl.org/rss/1.0/'><r:item><r:title>T</r:title><r:link>/a</r:link></r:item></rdf:RDF>",
    ],
    ["without a version", "<rss><channel><item><title>T</title><link>/a</link></item></channel></rss>"],
    [
      "Atom 0.3",
      "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title mode='escaped'>T</title><link rel='alternate' href='/a'/></entry></feed>",
    ],
    [
      "Atom with a prefix",
      "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>T</a:title><a:link href='/a'/></a:entry></a:feed>",
    ],
    [
      "xml:base",
      "<feed xml:base='https://feeds.example/x/'><entry xml:base='..'><title type='xhtml'><div><i>T</i></div></title><link href='a'/></entry></feed>",
    ],
  ])("of RSS or Atom, %s, is read", async (_, xml) => {
    expect(await entriesOf(xml, at)).toMatchObject([{ title: "T", url: "https://feeds.example/a" }]);
  });

  it("of very many links keeps a few, the one that is meant among them", async () => {
    const many = (end: string) =>
      `<title>T</title>${"<link>https://a.example/no</link>".repeat(500)}<link>${end}</link>`;
    expect(await read(many("https://a.example/last"))).toMatchObject({ url: "https://a.example/last" });
    expect(tidyDocument(rss(many("/last")), at).items[0]?.links).toHaveLength(20);
  });

  it("of a year beyond four digits loses its date", async () => {
    expect(await read("<title>T</title><link>/a</link><pubDate>+020000-01-01T00:00:00Z</pubDate>")).toEqual({
      title: "T",
      url: "https://feeds.example/a",
      summary: "",
    });
  });

  it("never has markup that works, nor more than 300 characters of summary", async () => {
    const pieces = fc.constantFrom(
      "<b>",
      "</b>",
      "<script>",
      "&lt;",
      "&amp;",
      "<img src=x onerror=a>",
      "word ",
      "😀",
      "<p>",
    );
    const markup = fc.array(fc.oneof(pieces, fc.string()), { maxLength: 200 }).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(markup, async (text) => {
        const cdata = text.replaceAll("]]>", "").replace(/[^\t\n\x20-\ud7ff\u{10000}-\u{10ffff}]/gu, "");
        const item = await read(
          `<title>T</title><link>/a</link><description><![CDATA[${cdata}]]></description>`,
        );
        const summary = item?.summary ?? "missing";
        expect(summary.length).toBeLessThanOrEqual(300);
        expect(summary).not.toMatch(/[\n\r\t]|^\s|\s$/);
        expect(summary.isWellFormed()).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
