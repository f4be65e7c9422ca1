import { readDate } from "./read-date.ts";
import { anchorIn, readLink, webAddress } from "./read-link.ts";
import type { TidyDocument, TidyItem } from "./tidy-document.ts";

/** Writes a document anew, by the book: RSS 2.0 or Atom 1.0, with absolute addresses and dates that can be read. */
export function writeTidy({ family, items, ttl }: TidyDocument): string {
  if (family === "atom") {
    const entries = items.map((item) => `<entry>${atomFields(item)}</entry>`).join("");
    return `<feed xmlns="http://www.w3.org/2005/Atom">${entries}</feed>`;
  }
  const written = items.map((item) => `<item>${rssFields(item)}</item>`).join("");
  return `<rss version="2.0"><channel>${ttl === undefined ? "" : element("ttl", ttl)}${written}</channel></rss>`;
}

function rssFields(item: TidyItem): string {
  const date = dateOf(item, "published", "updated");
  return [
    element("title", item.fields.get("title") ?? ""),
    element("link", linkOf(item)),
    element("guid", item.guid?.written),
    element("pubDate", date),
    element("description", item.fields.get("summary") ?? item.fields.get("content")),
    ...item.categories.map((category) => element("category", category)),
  ].join("");
}

function atomFields(item: TidyItem): string {
  const link = linkOf(item);
  return [
    element("title", item.fields.get("title") ?? ""),
    // An address as it was read has neither quotes nor pointed brackets.
    link === undefined ? "" : `<link rel="alternate" href="${link.replaceAll("&", "&amp;")}"/>`,
    element("id", item.guid?.written),
    element("published", dateOf(item, "published", "updated")),
    element("summary", item.fields.get("summary") ?? item.fields.get("content")),
    ...item.categories.map((category) => element("category", category)),
  ].join("");
}

/** Its link; else its guid, if that may be an address; else the anchor in its title. */
function linkOf({ links, guid, fields, base: itemBase }: TidyItem): string | undefined {
  for (const { written, base } of links) {
    const address = readLink(written, base);
    if (address) return address;
  }
  const permanent = guid?.permalink ? webAddress(guid.written) : undefined;
  const title = fields.get("title")?.trim() ?? "";
  return permanent ?? (/^<a\s.*<\/a>$/is.test(title) ? anchorIn(title, itemBase) : undefined);
}

function dateOf({ fields }: TidyItem, ...names: ("published" | "updated")[]): string | undefined {
  for (const name of names) {
    const date = readDate(fields.get(name) ?? "");
    if (date) return date;
  }
  return undefined;
}

function element(name: string, text: string | undefined): string {
  return text === undefined
    ? ""
    : `<${name}><![CDATA[${legal(text).replaceAll("]]>", "]]]]><![CDATA[>")}]]></${name}>`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML knows none of them.
const unfit = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Without the characters that XML does not know, whatever the document had. */
function legal(text: string): string {
  return text.toWellFormed().replace(unfit, "");
}
