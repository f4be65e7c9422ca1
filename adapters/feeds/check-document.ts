import { FeedError } from "./feed-error.ts";

/** Types that feeds are sent as, by the book or not; what they are is told by their first tag. */
const plausibleType = /^$|^text\/|[/+]xml$|^application\/octet-stream$/;
const feedRoot = /^<(?:rss|feed|rdf:RDF)[\s>/]/;

/**
 * Refuses what is no feed, however politely it is served, and any document that declares a type or entities.
 * @throws FeedError `html`, `not-xml`, `not-a-feed`, `doctype`.
 */
export function checkDocument(text: string, contentType: string): void {
  const type = contentType.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!plausibleType.test(type)) throw new FeedError("not-xml");
  const root = firstTag(text);
  if (/^<(?:html|head|body|script|!doctype\s+html)[\s>]/i.test(root)) throw new FeedError("html");
  if (!root.startsWith("<")) throw new FeedError("not-xml");
  refuseDeclarations(text);
  if (!feedRoot.test(root)) throw new FeedError("not-a-feed");
}

/** The document from its first tag or declaration on: past white space, comments and instructions. */
function firstTag(text: string): string {
  let at = 0;
  for (;;) {
    while (/\s/.test(text.charAt(at))) at++;
    const end = text.startsWith("<?", at)
      ? after(text, "?>", at)
      : text.startsWith("<!--", at)
        ? after(text, "-->", at)
        : undefined;
    if (end === undefined) return text.slice(at, at + 40);
    at = end;
  }
}

/** Feeds need no `<!DOCTYPE` and no `<!ENTITY`; in CDATA, where the words may stand, they mean nothing. */
function refuseDeclarations(text: string): void {
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at)) {
    if (text.startsWith("<![CDATA[", at)) at = after(text, "]]>", at);
    else if (text.startsWith("<!--", at)) at = after(text, "-->", at);
    else if (text.startsWith("<?", at)) at = after(text, "?>", at);
    else if (text.startsWith("<!", at)) throw new FeedError("doctype");
    else at++;
  }
}

function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  if (found < 0) throw new FeedError("not-xml");
  return found + mark.length;
}
