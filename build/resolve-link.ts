/** Where a link stands (on a page, or else in a mail), and the pages of its course with the ids of their headings. */
export interface LinkPlace {
  page?: string;
  course: string;
  pages: ReadonlyMap<string, ReadonlySet<string>>;
}

/** What a link becomes, or what is wrong with it. */
export type ResolvedLink = { href: string } | { mistake: string };

/** Turns a link of our Markdown into the address that readers follow. */
export function resolveLink(href: string, place: LinkPlace): ResolvedLink {
  if (href.includes("{{", 1)) {
    return { mistake: `The link ${href} holds a slot: a slot may stand at the start of a link only` };
  }
  if (/^\{\{\w*Url\}\}/.test(href)) return { href };
  if (/^(https:\/\/[^\s/]+|mailto:[^\s@]+@[^\s@]+$)/.test(href)) return { href };
  if (place.page && href.startsWith("#")) return resolvePage(`${place.page}.md${href}`, place, href);
  if (/^(?!\w+:)[^/#]+\.md(#.*)?$/.test(href)) return resolvePage(href, place);
  const mistake = `The link ${href} leads nowhere from a mail: write a whole https:// address, or name a page, e.g. glossary.md`;
  return { mistake };
}

function resolvePage(href: string, place: LinkPlace, written = href): ResolvedLink {
  const [file = "", anchor] = href.split("#");
  const name = file.replace(/\.md$/, "");
  const anchors = place.pages.get(name);
  if (!anchors) {
    const known = [...place.pages.keys()].map((page) => `${page}.md`).join(", ") || "none";
    return { mistake: `The link ${written} names no page of the course: its pages are ${known}` };
  }
  if (anchor !== undefined && !anchors.has(anchor)) {
    const known = [...anchors].join(", ") || "none";
    return { mistake: `The link ${written} names no heading of ${name}.md: its headings are ${known}` };
  }
  const path = `/courses/${place.course}/${name}${anchor === undefined ? "" : `#${anchor}`}`;
  return { href: place.page ? path : `{{publicUrl}}${path}` };
}
