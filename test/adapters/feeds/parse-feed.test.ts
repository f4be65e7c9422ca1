import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeDocument } from "../../../adapters/feeds/decode-document.ts";
import { parseFeed } from "../../../adapters/feeds/parse-feed.ts";

const fixture = (name: string) =>
  decodeDocument(readFileSync(new URL(`fixtures/${name}`, import.meta.url)), "application/xml");
const rss = (item: string) =>
  `<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><item>${item}</item></channel></rss>`;
const at = "https://feeds.example/all.xml";

describe("a feed", () => {
  it("in RSS 2.0 is read into plain text and absolute addresses", async () => {
    expect(await parseFeed(fixture("rss-2.0.xml"), "https://coding.example/feed")).toEqual([
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
        title: "from the start Bold",
        url: "https://coding.example/bold",
        summary: "",
      },
    ]);
  });

  it("in RSS 1.0 is read in its own charset", async () => {
    expect(await parseFeed(fixture("rss-1.0.xml"), at)).toEqual([
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
    expect(await parseFeed(fixture("atom.xml"), "https://lab.example/news/feed.atom")).toEqual([
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
    expect(await parseFeed('<rss version="2.0"><channel><title>New</title></channel></rss>', at)).toEqual([]);
  });

  it.each([
    ["<rss version='2.0'><channel>", "never ends"],
    ["<rss version='2.0'></rss>", "has no channel"],
    ["<rss version='2.0'><channel><item>&undeclared;</item></channel></rss>", "names an entity"],
    ["<feed><entry><link>no address</link></entry></feed>", "is not what it says"],
  ])("that %s (%s) is unreadable", async (xml) => {
    await expect(parseFeed(xml, at)).rejects.toThrow("unreadable");
  });

  it("keeps two hundred items at most", async () => {
    const item = "<item><title>One</title><link>https://a.example/</link></item>";
    const xml = `<rss version="2.0"><channel>${item.repeat(250)}</channel></rss>`;
    expect(await parseFeed(xml, at)).toHaveLength(200);
  });

  it("that makes the parser slow is given up on", async () => {
    const slow = rss(`<title>T</title><link>/</link><description>${"a&lt;p".repeat(200_000)}</description>`);
    const started = performance.now();
    await expect(parseFeed(slow, at, 300)).rejects.toThrow("too-slow");
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe("an item", () => {
  const read = async (item: string) => (await parseFeed(rss(item), at))[0];

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
