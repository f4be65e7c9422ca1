import sanitizeHtml from "sanitize-html";

const blockTag = /<\/?(?:p|div|br|li|ul|ol|h[1-6]|tr|td|th|blockquote|figure|figcaption)\b/gi;
const entities: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"' };

/** What a reader would see of markup, on one line of at most so many characters. */
export function plainText(markup: string, longest: number): string {
  // Much longer markup than this says nothing more that would be shown.
  const html = markup.slice(0, 20_000).replace(blockTag, " $&");
  const text = sanitizeHtml(html, { allowedTags: [], allowedAttributes: {} })
    .replace(/&(?:amp|lt|gt|quot);/g, (entity) => entities[entity] ?? "")
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, " ")
    .trim();
  return shortened(text, longest);
}

/** Cut between words, with an ellipsis; never inside a character. */
function shortened(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const cut = Array.from(text.slice(0, longest - 1));
  if (/[\ud800-\udbff]$/.test(cut.at(-1) ?? "")) cut.pop();
  return `${cut.join("").replace(/\s+\S{0,20}$/u, "")}…`;
}
