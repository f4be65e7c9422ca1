import { FeedError } from "./feed-error.ts";

/** Types that feeds are sent as, by the book or not; what they are is told by their first tag. */
const plausibleType = /^$|^text\/|[/+]xml$|^application\/octet-stream$/;
const feedRoot = /^<(?:[\w.-]+:)?(?:rss|feed|rdf|channel)[\s>/]/i;

/**
 * Refuses what is no feed, however politely it is served, and any document that declares entities.
 * @throws FeedError `html`, `not-xml`, `not-a-feed`, `doctype`.
 */
export function checkDocument(text: string, contentType: string): void {
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!plausibleType.test(type)) throw new FeedError("not-xml");
  const root = firstTag(text);
  if (/^<(?:html|head|body|script|!doctype\s+html)[\s>]/i.test(root)) throw new FeedError("html");
  if (root === "") throw new FeedError("not-xml");
  refuseDeclarations(text);
  if (!feedRoot.test(root)) throw new FeedError("not-a-feed");
}

/** The document from its first element on, or from what makes it a page: past comments, instructions, other declarations and stray text. */
function firstTag(text: string): string {
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at)) {
    if (text.startsWith("<!--", at)) at = after(text, "-->", at);
    else if (text.startsWith("<?", at)) at = after(text, ">", at);
    else if (/^(?:<[a-z]|<!doctype\s+html[\s>])/i.test(text.slice(at, at + 16)))
      return text.slice(at, at + 40);
    else at++;
  }
  return "";
}

/** The plain document type of old feeds says nothing; one with a subset, or an entity, is not for us to read. */
function refuseDeclarations(text: string): void {
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at)) {
    if (text.startsWith("<![CDATA[", at)) at = after(text, "]]>", at);
    else if (text.startsWith("<!--", at)) at = after(text, "-->", at);
    else if (/^<!(?:entity|doctype[^>]*\[)/i.test(text.slice(at, at + 1_000))) throw new FeedError("doctype");
    else at++;
  }
}

/** Behind the next such mark; what is never ended goes on to the end. */
function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}
