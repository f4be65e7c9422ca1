const longestAddress = 2_000;

/** The web address in a link as a feed gives it, made absolute and repaired; undefined if there is none in it. */
export function readLink(written: string, base: string): string | undefined {
  const text = written.trim();
  if (!text) return undefined;
  return webAddress(anchorIn(text, base) ?? text, base);
}

/** An absolute address of the web without credentials; `tag:`, `urn:` and scripts are none. */
export function webAddress(link: string, base?: string): string | undefined {
  const text = link.trim();
  if (!text || !URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) return undefined;
  return url.href.length > longestAddress ? undefined : url.href;
}

/** The address in a whole anchor that stands where its address should, with or without a host before it, percent-encoded or not. */
export function anchorIn(text: string, base: string): string | undefined {
  if (!/<a\s|%3ca(?:%20|\+|\s)/i.test(text)) return undefined;
  const plain = decoded(text);
  const href = /<a\s[^>]*?href\s*=\s*["']?([^"'\s>]+)/i.exec(plain)?.[1];
  if (href === undefined) return undefined;
  const host = /^https?:\/\/[^/<\s]+/i.exec(plain)?.[0];
  return webAddress(href.replaceAll("&amp;", "&"), host ?? base);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
