import { readFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { parse } from "yaml";
import type { Topic } from "../../core/catalogue.ts";
import { serve } from "./start-feed-server.ts";

/** An item that a document must give; without a date it has none that can be read. */
export interface ExpectedItem {
  title: string;
  /** `{origin}` in it is where the document is served. */
  url: string;
  date?: string;
  summary?: string;
}

/** A document of the fixture as it is served, and what must come of it. */
export interface FeedDocument {
  /** Name of its file without the ending, fit for a feed's id. */
  id: string;
  defect: string;
  path: string;
  answer: RequestListener;
  topic: Topic;
  /** How many items it gives; `items` are some of them. */
  count: number;
  items: ExpectedItem[];
  /** Minutes for which it asks to be left alone. */
  ttl?: number;
}

interface Entry {
  defect: string;
  type?: string;
  topic?: Topic;
  packed?: keyof typeof packers;
  times?: number;
  count?: number;
  ttl?: number;
  items: ExpectedItem[];
}

const packers = { gzip: gzipSync, br: brotliCompressSync };

/** Reads the documents of `test/fixtures/feeds` by their index. */
export function readDocuments(folder: URL): FeedDocument[] {
  const index = parse(readFileSync(new URL("index.yaml", folder), "utf8")) as Record<string, Entry>;
  return Object.entries(index).map(([file, entry]) => {
    const { defect, type = "application/rss+xml", topic = "regulation", packed, times, ttl, items } = entry;
    const written = readFileSync(new URL(file, folder));
    const body = times === undefined ? written : repeated(written, times);
    const sent = packed ? packers[packed](body) : body;
    return {
      id: file.replace(/\.xml$/, "").replaceAll(".", ""),
      defect,
      path: `/documents/${file}`,
      answer: serve(() => sent, { "content-type": type, ...(packed && { "content-encoding": packed }) }),
      topic,
      count: entry.count ?? items.length,
      items,
      ...(ttl !== undefined && { ttl }),
    };
  });
}

/** The document with its item so many times, numbered from 1. */
function repeated(document: Buffer, times: number): Buffer {
  const [whole = "", before = "", item = "", after = ""] =
    /^(.*?)(<item>.*<\/item>)(.*)$/s.exec(document.toString("utf8")) ?? [];
  if (!whole) throw new Error("A document that is to be repeated has no item");
  const items = Array.from({ length: times }, (_, n) => item.replaceAll("%n%", String(n + 1)));
  return Buffer.from(before + items.join("\n") + after);
}
