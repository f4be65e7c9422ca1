import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { topics } from "../../../core/catalogue.ts";
import { composer } from "../../../core/delivery/compose.ts";
import { mostItems } from "../../../core/digest/choose-news.ts";
import { digestLetter } from "../../../core/digest/digest-letter.ts";
import { fitDigest, mostHtmlBytes, mostTextBytes } from "../../../core/digest/fit-digest.ts";
import type { EditionItem } from "../../../core/digest/read-news.ts";
import { canonicalLink } from "../../../core/feed/item-key.ts";
import { keyRing } from "../../helpers/keys.ts";
import { subscriber } from "../../helpers/subscribers.ts";
import { projectCatalogue } from "../../templates/project-catalogue.ts";

const publicUrl = "https://steps.example";
const deps = { catalogue: projectCatalogue, publicUrl };
const item = (n: number, changes: Partial<EditionItem> = {}): EditionItem => ({
  title: `News ${n}`,
  url: `https://news.example/${n}`,
  summary: `About ${n}`,
  topic: "coding",
  source: "Feed",
  firstSeenAt: `2027-03-04T12:00:${String(59 - n).padStart(2, "0")}.000Z`,
  edition: "2027-W10",
  ...changes,
});
const items = (count: number, changes: (n: number) => Partial<EditionItem> = () => ({})) =>
  Array.from({ length: count }, (_, n) => item(n, changes(n)));

/** What makes a mail longest: characters that are escaped, and those of four bytes. */
const longest = (length: number) =>
  fc.constantFrom('"', "&", "<", "{", "😀", "é", "a").map((c) => c.repeat(length).slice(0, length));
const addresses = fc
  .tuple(
    fc.integer({ min: 0, max: 40 }),
    fc.constantFrom("&a=1", "é", "%22", "{}", "x"),
    fc.integer({ min: 0, max: 2_000 }),
  )
  .map(([n, piece, length]) => `https://news.example/${n}?${piece.repeat(length).slice(0, length)}`);
const anything = fc.record({
  title: fc.oneof(longest(200), longest(6_000), fc.string()),
  url: addresses,
  summary: fc.oneof(longest(300), fc.string()),
  topic: fc.constantFrom(...topics),
  source: fc.oneof(longest(100), fc.string()),
  score: fc.integer({ min: -3, max: 3 }),
  firstSeenAt: fc.constant("2027-03-04T12:00:00.000Z"),
  edition: fc.constantFrom("2027-W08", "2027-W09", "2027-W10"),
});

describe("a digest", () => {
  it("shows twelve items at most, and says of each topic how many more its page has", () => {
    const news = items(20, (n) => ({ topic: n % 2 ? "careers" : "coding" }));
    const { shown, beyond, bodyHtml, bodyText } = fitDigest(deps, news, true);
    expect([shown.length, beyond.length]).toEqual([mostItems, 8]);
    expect(bodyText).toContain("8 more from that week\n----------------------------------------");
    for (const topic of ["coding", "careers"]) {
      expect(bodyText).toContain(`: 4 more\n  ${publicUrl}/news/2027-W10/${topic}`);
      expect(bodyHtml).toContain(`href="${publicUrl}/news/2027-W10/${topic}"`);
    }
    expect(bodyText).not.toContain("/news/2027-W10/privacy");
  });

  it("says nothing of more where there is none", () => {
    const { beyond, bodyText } = fitDigest(deps, items(12), true);
    expect(beyond).toEqual([]);
    expect(bodyText).not.toContain(" more");
  });

  it("of several weeks names the week of what it leaves to the pages", () => {
    const { bodyText } = fitDigest(
      deps,
      items(15, (n) => ({ edition: n < 13 ? "2027-W10" : "2027-W09" })),
      false,
    );
    expect(bodyText.slice(bodyText.indexOf("3 more"))).toBe(
      [
        `3 more from these weeks\n${"-".repeat(40)}`,
        "Week of February 22 to 28",
        `Coding: 2 more\n  ${publicUrl}/news/2027-W09/coding`,
        "Week of March 1 to 7",
        `Coding: 1 more\n  ${publicUrl}/news/2027-W10/coding`,
      ].join("\n\n"),
    );
  });

  it("names the topics of the rest in its own order, and then those that it shows nothing of", () => {
    const topicsOf = (n: number) => (n === 14 ? "coding" : n % 2 ? "privacy" : "careers");
    const { bodyText } = fitDigest(
      deps,
      items(15, (n) => ({ topic: topicsOf(n) })),
      true,
    );
    const links = [...bodyText.matchAll(/news\/2027-W10\/([a-z-]+)/g)].map(([, topic]) => topic);
    expect(links).toEqual(["careers", "privacy", "coding"]);
  });

  it("that is too long goes without the last summaries first, and without no item that fits", () => {
    const url = (n: number) => `https://news.example/${n}?${"&".repeat(950)}`;
    const news = items(12, (n) => ({ url: url(n), summary: `About ${n} ${'"'.repeat(290)}` }));
    const { shown, bodyText } = fitDigest(deps, news, true);
    expect(shown).toHaveLength(12);
    expect(bodyText).toContain("About 0 ");
    expect(bodyText).not.toContain("About 11 ");
  });

  it("leaves out what is too long by itself, and keeps what is less good", () => {
    const news = items(3, (n) => (n === 0 ? { title: "A".repeat(100_000), score: 5 } : {}));
    const { shown, beyond } = fitDigest(deps, news, true);
    expect(shown.map(({ title }) => title)).toEqual(["News 1", "News 2"]);
    expect(beyond).toHaveLength(1);
  });

  it("shows or leaves to the pages each address once, whatever they are made of", () => {
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 40 }), (news) => {
        const { shown, beyond } = fitDigest(deps, news, true);
        const links = [...shown, ...beyond].map(({ url }) => canonicalLink(url));
        expect(links.toSorted()).toEqual([...new Set(news.map(({ url }) => canonicalLink(url)))].toSorted());
      }),
      { numRuns: 25 },
    );
  });

  it("never exceeds its size, as a whole mail, whatever its items are made of", async () => {
    const reader = subscriber({
      name: "<".repeat(120),
      lists: { digest: { state: "joined", run: 999, since: "" } },
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { minLength: 1, maxLength: 40 }), async (news) => {
        const letter = await digestLetter(
          {
            ...deps,
            news: { inEdition: async (edition) => news.filter((one) => one.edition === edition) },
            subscribers: { loadMany: async () => new Map() },
          },
          { kind: "digest", edition: "2027-W10", weeks: 3 },
          { recipients: [] },
        );
        const stationery = {
          catalogue: projectCatalogue,
          keys: keyRing,
          publicUrl: `https://${"a".repeat(200)}.example`,
        };
        const { template, compose } = composer(
          { kind: "digest", edition: "2027-W10", weeks: 3 },
          letter,
          stationery,
        );
        const { values } = compose(reader);
        const bytes = (part: "html" | "text") =>
          Buffer.byteLength(template[part].literals.join("")) +
          Object.values(values).reduce((sum, value) => sum + 2 * Buffer.byteLength(value), 0);
        expect(bytes("html")).toBeLessThan(mostHtmlBytes);
        expect(bytes("text")).toBeLessThan(mostTextBytes);
      }),
      { numRuns: 40 },
    );
  });

  it("of twelve items as long as a feed may make them stays under 90 KB and shows them all", () => {
    const news = items(12, (n) => ({
      title: "&".repeat(200),
      summary: '"'.repeat(300),
      url: `https://news.example/${n}?${"a".repeat(1_970)}`,
    }));
    const { shown, bodyHtml } = fitDigest(deps, news, true);
    expect(shown).toHaveLength(12);
    expect(Buffer.byteLength(bodyHtml)).toBeLessThan(mostHtmlBytes);
  });
});
