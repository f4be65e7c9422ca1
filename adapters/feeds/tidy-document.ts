import { Parser } from "htmlparser2";
import { FeedError } from "./feed-error.ts";
import { type Field, fieldOf, type Namespaces, named } from "./feed-fields.ts";

/** One item of a document: the first of each field, markup within it as text. */
export interface TidyItem {
  fields: Map<Field, string>;
  categories: string[];
  /** Addresses as they stand, and what they are relative to. */
  links: Link[];
  base: string;
  /** `permalink` unless it says that it is no address. */
  guid?: { written: string; permalink: boolean };
}

interface Link {
  written: string;
  base: string;
}

/** What a document says, in whichever of the formats, well-formed or not. */
export interface TidyDocument {
  family: "rss" | "atom";
  items: TidyItem[];
  ttl?: string;
}

/** A field that is being read. */
interface OpenField {
  field: Field;
  depth: number;
  text: string;
  attributes: Record<string, string>;
  base: string;
  /** Of another namespace than the document's own, as a rule. */
  prefixed: boolean;
}

const mostItems = 200;
const mostCategories = 10;
const mostLinks = 20;
/** Longer markup than this says nothing more that would be shown. */
const longestField = 20_000;
const deepest = 200;

/** Fields of another kind end one that was never closed; within markup only these do, since HTML has the others too. */
const endsMarkup = new Set<Field>(["guid", "published"]);

/**
 * Reads a document as forgivingly as a browser, and keeps of it what a feed reader needs. Entities that a document
 * declares mean nothing here.
 * @throws FeedError `not-a-feed`, `too-deep`.
 */
export function tidyDocument(xml: string, feedUrl: string): TidyDocument {
  const reader = new TidyReader(feedUrl);
  const parser = new Parser(reader, {
    xmlMode: true,
    lowerCaseTags: true,
    lowerCaseAttributeNames: true,
  });
  parser.end(xml);
  return reader.document();
}

/** Takes the parser's events; each element that it opens it also closes, if need be at the end. */
class TidyReader {
  readonly #namespaces: Namespaces = new Map();
  readonly #bases: string[];
  readonly #items: TidyItem[] = [];
  #family: TidyDocument["family"] | undefined;
  #ttl: string | undefined;
  #item: { depth: number; item: TidyItem } | undefined;
  #open: OpenField | undefined;
  /** Depth of an element whose own title or date is not the item's. */
  #aside: number | undefined;

  constructor(feedUrl: string) {
    this.#bases = [feedUrl];
  }

  document(): TidyDocument {
    if (!this.#family) throw new FeedError("not-a-feed");
    return {
      family: this.#family,
      items: this.#items,
      ...(this.#ttl !== undefined && { ttl: this.#ttl }),
    };
  }

  onopentag(name: string, attributes: Record<string, string>): void {
    this.#enter(attributes);
    const element = named(name, this.#namespaces);
    const depth = this.#bases.length;
    if (!this.#family) {
      this.#family = familyOf(element.local);
      return;
    }
    const isItem = element.family === "feed" && (element.local === "item" || element.local === "entry");
    const field = fieldOf(element);
    if (this.#open && !isItem && !this.#ends(this.#open, field)) {
      this.#open.text += openingTag(name, attributes);
      return;
    }
    this.#close();
    if (isItem) this.#begin(depth, attributes);
    else if (this.#aside === undefined && field && (this.#item || field === "ttl"))
      this.#open = {
        field,
        depth,
        text: "",
        attributes,
        base: this.#bases.at(-1) ?? "",
        prefixed: name.includes(":"),
      };
    else if (this.#item) this.#aside ??= depth;
  }

  ontext(text: string): void {
    if (!this.#open || this.#open.text.length > longestField) return;
    // Markup that stands as markup has text; markup that stands as text has markup.
    this.#open.text += this.#open.attributes.type?.includes("xhtml") ? text.replaceAll("<", "&lt;") : text;
  }

  onclosetag(name: string): void {
    const depth = this.#bases.length;
    if (this.#open?.depth === depth) this.#close();
    else if (this.#open && this.#open.depth < depth) this.#open.text += `</${name}>`;
    if (this.#aside === depth) this.#aside = undefined;
    if (this.#item?.depth === depth) {
      this.#close();
      this.#item = undefined;
    }
    this.#bases.pop();
  }

  #enter(attributes: Record<string, string>): void {
    if (this.#bases.length > deepest) throw new FeedError("too-deep");
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("xmlns:")) this.#namespaces.set(key.slice("xmlns:".length), value);
    }
    const base = this.#bases.at(-1) ?? "";
    const own = attributes["xml:base"];
    this.#bases.push(own !== undefined && URL.canParse(own, base) ? new URL(own, base).href : base);
  }

  #ends(open: OpenField, field: Field | undefined): boolean {
    if (!field || field === open.field) return false;
    return open.field === "summary" || open.field === "content" ? endsMarkup.has(field) : true;
  }

  #begin(depth: number, attributes: Record<string, string>): void {
    this.#aside = undefined;
    const base = this.#bases.at(-1) ?? "";
    const item: TidyItem = { fields: new Map(), categories: [], links: [], base };
    const about = attributes["rdf:about"];
    if (about) item.guid = { written: about, permalink: true };
    if (this.#items.length < mostItems) this.#items.push(item);
    this.#item = { depth, item };
  }

  #close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return;
    const { field, attributes, base } = open;
    const text = textOf(open).slice(0, longestField);
    const item = this.#item?.item;
    if (!item) {
      if (field === "ttl") this.#ttl ??= text.trim();
    } else if (field === "link") {
      const written = text.trim() || (attributes.href ?? "").trim();
      // Of several in RSS the last is meant, of several in Atom the first; Atom's in RSS are only a help.
      if (written && (attributes.rel ?? "alternate") === "alternate") {
        item.links[this.#family === "rss" && !open.prefixed ? "unshift" : "push"]({ written, base });
        item.links.splice(mostLinks);
      }
    } else if (field === "guid") {
      const permalink = attributes.ispermalink?.toLowerCase() !== "false";
      if (text.trim()) item.guid = { written: text.trim(), permalink };
    } else if (field === "category") {
      const said = text.trim() || attributes.label || attributes.term;
      if (said && item.categories.length < mostCategories) item.categories.push(said);
    } else if (text.trim() && !item.fields.has(field)) item.fields.set(field, text);
  }
}

/** Atom may say that its text is packed. */
function textOf({ text, attributes: { mode, type } }: OpenField): string {
  const packed = mode === "base64" || type === "application/octet-stream";
  return packed ? Buffer.from(text, "base64").toString("utf8") : text;
}

function familyOf(local: string): TidyDocument["family"] {
  if (local === "feed") return "atom";
  if (local === "rss" || local === "rdf" || local === "channel") return "rss";
  throw new FeedError("not-a-feed");
}

/** Of the attributes only where an anchor leads matters. */
function openingTag(name: string, { href }: Record<string, string>): string {
  return name === "a" && href !== undefined ? `<a href="${href.replaceAll('"', "%22")}">` : `<${name}>`;
}
