/** What an Atom feed of the archive holds. */
export interface NewsFeed {
  title: string;
  author: string;
  /** Where the pages are, without a slash at the end. */
  publicUrl: string;
  path: string;
  /** When a feed without items was written. */
  emptyAt: string;
  /** The newest first. */
  items: NewsFeedItem[];
}

export interface NewsFeedItem {
  title: string;
  url: string;
  summary: string;
  source: string;
  topic: string;
  topicTitle: string;
  publishedAt: string;
  firstSeenAt: string;
}

/** The archive as Atom 1.0 (RFC 4287). An entry is known by its address and the day on which we saw it first. */
export function newsFeed({ title, author, publicUrl, path, emptyAt, items }: NewsFeed): string {
  const { host } = new URL(publicUrl);
  const self = publicUrl + path;
  const updated = items[0]?.firstSeenAt ?? emptyAt;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>${text(self)}</id>
<title>${text(title)}</title>
<updated>${updated}</updated>
<author><name>${text(author)}</name></author>
<link rel="self" type="application/atom+xml" href="${text(self)}"/>
<link rel="alternate" type="text/html" href="${text(`${publicUrl}/news`)}"/>
${items.map((item) => entry(item, host)).join("\n")}
</feed>
`;
}

function entry(item: NewsFeedItem, host: string): string {
  const { title, url, summary, source, topic, topicTitle, publishedAt, firstSeenAt } = item;
  const id = `tag:${host.split(":")[0]},${firstSeenAt.slice(0, 10)}:${encodeURIComponent(url)}`;
  return `<entry>
<id>${text(id)}</id>
<title>${text(title)}</title>
<link rel="alternate" href="${text(url)}"/>
<published>${publishedAt}</published>
<updated>${firstSeenAt}</updated>
<author><name>${text(source)}</name></author>
<category term="${text(topic)}" label="${text(topicTitle)}"/>
${summary ? `<summary>${text(summary)}</summary>` : ""}
</entry>`;
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text as it may stand in XML: escaped, and without the characters that XML cannot hold. */
function text(value: string): string {
  return value
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/[&<>"]/g, (character) => entities[character] ?? "");
}
