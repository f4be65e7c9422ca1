/** A slot as it stands in HTML or MJML: `url` at the start of an href, `html` in text, else why it may not stand there. */
export interface FoundSlot {
  name: string;
  index: number;
  length: number;
  place: "html" | "url" | { mistake: string };
}

/** What a slot looks like; whether its name is known is for others to say. */
export const slotPattern = /\{\{([^{}]*)\}\}/g;

const comment = "<!--[\\s\\S]*?-->";
const raw = "<(style|script|title|textarea|mj-style|mj-title)\\b[^>]*>[\\s\\S]*?</\\1\\s*>";
const tag = "</?[a-z](?:\"[^\"]*\"|'[^']*'|[^'\">])*>";
const markup = new RegExp(`${comment}|${raw}|${tag}`, "gi");
const attribute = /([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'[^']*'|[^\s"'>]+)/g;

/** Finds the slots of an HTML or MJML text in order, and says for each how its value must be escaped. */
export function findSlots(html: string): FoundSlot[] {
  const pieces = [...html.matchAll(markup)];
  return [...html.matchAll(slotPattern)].map((match) => {
    const [written, name = ""] = match;
    const around = pieces.find(
      (piece) => piece.index < match.index && match.index < piece.index + piece[0].length,
    );
    const place = around ? placeInMarkup(around[0], match.index - around.index, around[1]) : "html";
    return { name, index: match.index, length: written.length, place };
  });
}

function placeInMarkup(markup: string, at: number, rawTag: string | undefined): FoundSlot["place"] {
  if (markup.startsWith("<!--")) return { mistake: "in a comment" };
  if (rawTag) return { mistake: `in <${rawTag.toLowerCase()}>` };
  for (const match of markup.matchAll(attribute)) {
    const [written, name = "", quoted] = match;
    if (at < match.index || at >= match.index + written.length) continue;
    if (name.toLowerCase() !== "href") return { mistake: `in the attribute ${name}` };
    if (quoted === undefined) return { mistake: 'in an href without "double quotes"' };
    return written.indexOf('"') + 1 === at - match.index
      ? "url"
      : { mistake: "inside an address, not at its start" };
  }
  return { mistake: "in a tag" };
}

/** Whether a text asks for a value that differs from reader to reader. */
export function hasSlot(text: string): boolean {
  return text.search(slotPattern) !== -1;
}
