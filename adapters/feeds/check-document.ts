import { FeedError } from "./feed-error.ts";

/** Types that feeds are sent as, by the book or not; what they are is told by their first tag. */
const plausibleType = /^$|^text\/|[/+]xml$|^application\/octet-stream$/;
const feedRoot = /^<(?:[\w.-]+:)?(?:rss|feed|rdf|channel)[\s>/]/i;

/** Elements in which a server's own warnings come, before the document that they spoil. */
const stray = /^<(?:br|b|i|p|pre|font|strong|em)[\s/>]/i;

/**
 * Refuses what is no feed, however politely it is served, and any document that declares entities; answers the rest
 * from its first element on.
 * @throws FeedError `html`, `not-xml`, `not-a-feed`, `doctype`.
 */
export function checkDocument(text: string, contentType: string): string {
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!plausibleType.test(type)) throw new FeedError("not-xml");
  const start = rootIn(text);
  const root = text.slice(start, start + 40);
  if (/^<(?:html|head|body|script|!doctype\s+html)[\s>]/i.test(root)) throw new FeedError("html");
  if (root === "") throw new FeedError("not-xml");
  refuseDeclarations(text);
  if (!feedRoot.test(root)) throw new FeedError("not-a-feed");
  return text.slice(start);
}

/** Where the first element is, or what makes it a page: past comments, instructions, other declarations, stray text and warnings. */
function rootIn(text: string): number {
  const marks = /<(?:!--|\?|[a-z]|!doctype\s+html[\s>])/gi;
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    const at = found.index;
    if (found[0] === "<!--") marks.lastIndex = after(text, "-->", at);
    else if (found[0] === "<?") marks.lastIndex = after(text, ">", at);
    else if (!stray.test(text.slice(at, at + 10))) return at;
  }
  return text.length;
}

/** The plain document type of old feeds says nothing; one with a subset, or an entity, is not for us to read. */
function refuseDeclarations(text: string): void {
  for (let at = text.indexOf("<!"); at >= 0; at = text.indexOf("<!", at)) {
    if (text.startsWith("<![CDATA[", at)) at = after(text, "]]>", at);
    else if (text.startsWith("<!--", at)) at = after(text, "-->", at);
    else {
      const [, kind = ""] = /^<!(entity|doctype)/i.exec(text.slice(at, at + 9)) ?? [];
      const end = kind ? endOfDeclaration(text, at) : at + 1;
      if (/^e/i.test(kind) || text[end] === "[") throw new FeedError("doctype");
      at = end;
    }
  }
}

/** Where a declaration ends, or its subset begins. */
function endOfDeclaration(text: string, from: number): number {
  const mark = /[>[]/g;
  mark.lastIndex = from;
  return mark.exec(text)?.index ?? text.length;
}

/** Behind the next such mark; what is never ended goes on to the end. */
function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}
