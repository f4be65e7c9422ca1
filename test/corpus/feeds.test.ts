import { beforeAll, describe, expect, it } from "vitest";
import { checkDocument } from "../../adapters/feeds/check-document.ts";
import { decodeDocument } from "../../adapters/feeds/decode-document.ts";
import { FeedError } from "../../adapters/feeds/feed-error.ts";
import { readItems } from "../../adapters/feeds/parse-feed.ts";
import { plainText } from "../../adapters/feeds/plain-text.ts";
import { type CorpusDocument, corpus, type Reading } from "./documents.ts";

const feedUrl = "https://corpus.example/feeds/feed.xml";
const longest = 5_000;

let documents: CorpusDocument[];
let alike: { document: CorpusDocument; both: string[]; ours: string[] }[];

beforeAll(async () => {
  documents = await corpus();
  alike = [];
  for (const document of documents) {
    const ours = await itemsOf(document.body);
    const [both, other] = document.readings.map(comparable);
    if (document.readings.some(({ known }) => !known) || !both || !isSame(both, other ?? [])) continue;
    alike.push({ document, both, ours });
  }
});

/** The items as one line each; or why there are none. */
async function itemsOf(body: Buffer): Promise<string[]> {
  try {
    const { items } = await readItems(checkDocument(decodeDocument(body, ""), ""), feedUrl);
    return items.map(({ title, url = "" }) => `${title} <${url}>`);
  } catch (error) {
    // Whatever a document holds, it is an outcome that has a name.
    if (error instanceof FeedError) return [error.code];
    throw error;
  }
}

/** What a reader found, under the link policy of docs/feeds.md: web addresses alone, made absolute. */
function comparable({ items }: Reading): string[] {
  return items.map(
    ({ title, link }) => `${plainText(title, longest).slice(0, 199)} <${webLink(link.trim())}>`,
  );
}

function webLink(link: string): string {
  if (!link || !URL.canParse(link, feedUrl)) return "";
  const url = new URL(link, feedUrl);
  return /^https?:$/.test(url.protocol) ? url.href : "";
}

function isSame(one: string[], other: string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}

describe("the documents that feedparser and gofeed are tested with", () => {
  it("are many, and most are read alike by both", () => {
    expect(documents.length).toBeGreaterThan(2_700);
    expect(alike.length).toBeGreaterThan(2_400);
  });

  it.each([
    ["where both read alike", () => alike],
    ["where there are items", () => alike.filter(({ both }) => both.length > 0)],
  ])("are read like them, 95 of 100 at least, %s", (which, chosen) => {
    const all = chosen();
    const different = all.filter(({ both, ours }) => !isSame(both, ours));
    console.log(`${all.length - different.length} of ${all.length} ${which} are the same; not these:`);
    for (const { document, both, ours } of different)
      console.log(`  ${document.name}\n    both ${both.join(", ")}\n    ours ${ours.join(", ")}`);
    expect(different.length / all.length).toBeLessThanOrEqual(0.05);
  });
});
