import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDocument } from "../../../adapters/feeds/check-document.ts";
import { decodeDocument } from "../../../adapters/feeds/decode-document.ts";
import { FeedError } from "../../../adapters/feeds/feed-error.ts";
import { parseFeed } from "../../../adapters/feeds/parse-feed.ts";
import type { FeedEntry } from "../../../core/feed/feed-item.ts";

const folder = new URL("../../fixtures/feeds/", import.meta.url);
const documents: Buffer[] = readdirSync(folder)
  .filter((file) => file.endsWith(".xml"))
  .map((file) => readFileSync(new URL(file, folder)))
  // The long ones say nothing more here, and take longer.
  .filter(({ length }) => length < 8_000);

/** What may happen to a document: it is cut off, loses a piece, has one twice, or bytes of it become others. */
const place = fc.double({ min: 0, max: 1, noNaN: true });
const damage = fc.oneof(
  place.map((at) => (body: Buffer) => body.subarray(0, at * body.length)),
  fc.tuple(place, fc.integer({ min: 1, max: 60 })).map(
    ([at, length]) =>
      (body: Buffer) =>
        without(body, Math.floor(at * body.length), length),
  ),
  place.map((at) => (body: Buffer) => Buffer.concat([body.subarray(0, at * body.length), body])),
  fc
    .tuple(
      place,
      fc.constantFrom(
        "<",
        ">",
        "&",
        '"',
        "]]>",
        "<![CDATA[",
        "</item>",
        "<item>",
        "\0",
        "\xff",
        "<!--",
        "%3Ca%20",
      ),
    )
    .map(
      ([at, sign]) =>
        (body: Buffer) =>
          inserted(body, Math.floor(at * body.length), sign),
    ),
);

describe("a document that was damaged on its way", () => {
  it("gives items with a title in plain text and a web address, or a code", async () => {
    const damaged = fc
      .tuple(fc.constantFrom(...documents), fc.array(damage, { minLength: 1, maxLength: 4 }))
      .map(([body, damages]) => damages.reduce((sum, harm) => harm(sum), body));
    await fc.assert(
      fc.asyncProperty(damaged, async (body) => {
        for (const { title, url, summary } of await entriesOf(body)) {
          expect(title).toMatch(/^\S(?:.*\S)?$/u);
          expect(title.length).toBeLessThanOrEqual(200);
          expect(summary.length).toBeLessThanOrEqual(300);
          expect(new URL(url)).toMatchObject({ protocol: expect.stringMatching(/^https?:$/), username: "" });
        }
      }),
      { numRuns: 400 },
    );
  });
});

/** Its entries; none if it is refused by a code. Anything else that is thrown fails the test. */
async function entriesOf(body: Buffer): Promise<FeedEntry[]> {
  try {
    const document = checkDocument(decodeDocument(body, "text/xml"), "text/xml");
    return (await parseFeed(document, "https://feeds.example/all.xml")).entries;
  } catch (error) {
    if (!(error instanceof FeedError) || /^(?:unreadable|too-slow)$/.test(error.code)) throw error;
    return [];
  }
}

function without(body: Buffer, at: number, length: number): Buffer {
  return Buffer.concat([body.subarray(0, at), body.subarray(at + length)]);
}

function inserted(body: Buffer, at: number, sign: string): Buffer {
  return Buffer.concat([body.subarray(0, at), Buffer.from(sign, "latin1"), body.subarray(at)]);
}
