/** What of an item is read, by one name for all formats. */
export type Field =
  | "title"
  | "link"
  | "guid"
  | "summary"
  | "content"
  | "published"
  | "updated"
  | "category"
  | "ttl";

/** Prefixes of a document and what they stand for. */
export type Namespaces = Map<string, string>;

type Family = "feed" | "dc" | "content" | "rdf" | "other";

const families: [RegExp, Family][] = [
  [/^http:\/\/www\.w3\.org\/2005\/atom/, "feed"],
  [/^http:\/\/purl\.org\/atom\//, "feed"],
  [/^http:\/\/purl\.org\/rss\/1\.0\/modules\/content/, "content"],
  [/^http:\/\/purl\.org\/rss\/(?:1\.0\/?)?$/, "feed"],
  [/^http:\/\/my\.netscape\.com\//, "feed"],
  [/^http:\/\/channel\.netscape\.com\//, "feed"],
  [/^http:\/\/backend\.userland\.com\/rss/, "feed"],
  [/^http:\/\/blogs\.law\.harvard\.edu\//, "feed"],
  [/^http:\/\/purl\.org\/dc\//, "dc"],
  [/^http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns/, "rdf"],
];

/** Prefixes that feeds use without saying what they stand for. */
const usual: Record<string, Family> = {
  "": "feed",
  atom: "feed",
  a10: "feed",
  rss: "feed",
  dc: "dc",
  dcterms: "dc",
  content: "content",
  rdf: "rdf",
};

const fields: Record<Family, Record<string, Field>> = {
  feed: {
    title: "title",
    link: "link",
    guid: "guid",
    id: "guid",
    description: "summary",
    summary: "summary",
    content: "content",
    pubdate: "published",
    published: "published",
    issued: "published",
    created: "published",
    updated: "updated",
    modified: "updated",
    category: "category",
    ttl: "ttl",
  },
  dc: { title: "title", date: "published", created: "published", modified: "updated", subject: "category" },
  content: { encoded: "content" },
  rdf: {},
  other: {},
};

/** Name and family of an element, whatever prefix its document has chosen. */
export function named(name: string, namespaces: Namespaces): { family: Family; local: string } {
  const colon = name.indexOf(":");
  const prefix = colon < 0 ? "" : name.slice(0, colon);
  const uri = namespaces.get(prefix)?.trim().toLowerCase();
  const found = uri !== undefined && families.find(([shape]) => shape.test(uri))?.[1];
  // A name without a prefix is the feed's own, whatever its document calls that namespace.
  const family = prefix === "" ? "feed" : found || (uri === undefined && usual[prefix]) || "other";
  return { family, local: name.slice(colon + 1) };
}

/** Which field an element holds, if any. */
export function fieldOf({ family, local }: { family: Family; local: string }): Field | undefined {
  return fields[family][local];
}
