import type { Token } from "marked";
import { lexMarkdown } from "./markdown.ts";
import { lineAt, type Report } from "./problem.ts";
import { type LinkPlace, resolveLink } from "./resolve-link.ts";

/** Reports what mails and pages cannot show: HTML, pictures, a second title, links that lead nowhere. */
export function checkMarkdown(
  source: { file: string; body: string; bodyLine: number },
  place: LinkPlace,
  report: Report,
): void {
  for (const { token, index } of locate(lexMarkdown(source.body), source.body, 0)) {
    const message = mistakeOf(token, place);
    if (message)
      report({ file: source.file, line: source.bodyLine - 1 + lineAt(source.body, index), message });
  }
}

function mistakeOf(token: Token, place: LinkPlace): string | undefined {
  switch (token.type) {
    case "html":
      return `HTML (${token.raw.trim().slice(0, 30)}) is not for mails: write it in Markdown`;
    case "image":
      return "Pictures are not for mails: say it in words";
    case "heading":
      return token.depth === 1 ? "The title is made by the template: start headings with ##" : undefined;
    case "link": {
      if (token.title?.includes("{{"))
        return "A slot cannot stand in the tooltip of a link: put it in the text";
      const link = resolveLink(token.href, place);
      return "mistake" in link ? link.mistake : undefined;
    }
    default:
      return undefined;
  }
}

/** All tokens with their position. Where Markdown has changed a text (quotes, nested lists) it is that of the block. */
function* locate(tokens: Token[], text: string, start: number): Generator<{ token: Token; index: number }> {
  let from = start;
  for (const token of tokens) {
    const found = text.indexOf(token.raw, from);
    const index = found === -1 ? from : found;
    yield { token, index };
    yield* locate(childrenOf(token), text, index);
    if (found !== -1) from = found + token.raw.length;
  }
}

function childrenOf(token: Token): Token[] {
  if (token.type === "list") return token.items as Token[];
  if (token.type !== "table") return ("tokens" in token && token.tokens) || [];
  const cells = [token.header, ...token.rows].flat() as { tokens: Token[] }[];
  return cells.flatMap((cell) => cell.tokens);
}
