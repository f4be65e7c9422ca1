import type { Token, Tokens } from "marked";
import { lexMarkdown } from "./render-html.ts";

/** Something that a mail or a page cannot show, and where in the Markdown it starts. */
export interface MarkdownMistake {
  index: number;
  message: string;
}

/** Finds what mails and pages cannot show: HTML, pictures, a second title, and links that `linkMistake` refuses. */
export function findMistakes(
  markdown: string,
  linkMistake: (link: Tokens.Link) => string | undefined,
): MarkdownMistake[] {
  return [...locate(lexMarkdown(markdown), markdown, 0)].flatMap(({ token, index }) => {
    const message = token.type === "link" ? linkMistake(token as Tokens.Link) : mistakeOf(token);
    return message ? [{ index, message }] : [];
  });
}

function mistakeOf(token: Token): string | undefined {
  switch (token.type) {
    case "html":
      return `HTML (${token.raw.trim().slice(0, 30)}) is not for mails: write it in Markdown`;
    case "image":
      return "Pictures are not for mails: say it in words";
    case "heading":
      return token.depth === 1 ? "The title is made by the template: start headings with ##" : undefined;
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
