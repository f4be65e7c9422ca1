import type { Token, Tokens } from "marked";
import { lexMarkdown } from "./render-html.ts";

const width = 72;
const entities: Record<string, string | undefined> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: "\u00a0",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  copy: "©",
};

/** Renders Markdown as plain text in short lines, in the manner of the mails' text parts. `link` as for HTML. */
export function renderText(
  markdown: string,
  { link }: { link: (href: string) => string | undefined },
): string {
  const blocks = (tokens: Token[], columns: number, between = "\n\n"): string =>
    tokens
      .map((token) => block(token, columns))
      .filter((text) => text !== "")
      .join(between);

  const block = (token: Token, columns: number): string => {
    switch (token.type) {
      case "heading":
        return underline(wrap(inline(token.tokens), columns), token.depth === 1 ? "=" : "-");
      case "paragraph":
      case "text":
        return wrap(token.tokens ? inline(token.tokens) : plain(token.text), columns);
      case "list":
        return list(token as Tokens.List, columns);
      case "blockquote":
        return indent(blocks(token.tokens ?? [], columns - 2), "> ", "> ");
      case "table": {
        const rows = [token.header, ...token.rows] as { tokens: Token[] }[][];
        return rows.map((row) => row.map(({ tokens }) => inline(tokens)).join(" | ")).join("\n");
      }
      case "code":
      case "html":
        return token.text.trimEnd();
      case "checkbox":
        return token.checked ? "[x]" : "[ ]";
      case "hr":
        return "-".repeat(columns);
      default:
        return "";
    }
  };

  const list = ({ items, ordered, start, loose }: Tokens.List, columns: number): string =>
    items
      .map(({ tokens, task, checked }, index) => {
        const bullet = ordered ? `${Number(start) + index}. ` : "- ";
        const prefix = task ? `${bullet}[${checked ? "x" : " "}] ` : bullet;
        const content = tokens.filter(({ type }) => type !== "checkbox");
        const text = blocks(content, columns - prefix.length, loose ? "\n\n" : "\n");
        return indent(text, prefix, " ".repeat(prefix.length));
      })
      .join(loose ? "\n\n" : "\n");

  const inline = (tokens: Token[] | undefined): string => (tokens ?? []).map(span).join("");

  const span = (token: Token): string => {
    if (token.type === "br") return "\n";
    if (token.type === "link")
      return linked(inline(token.tokens), link(token.href)?.replace(/^mailto:/i, ""));
    if (token.type === "codespan" || token.type === "html") return token.text.replace(/\s+/g, " ");
    return "tokens" in token && token.tokens && token.type !== "image"
      ? inline(token.tokens)
      : plain("text" in token ? token.text : "");
  };

  return blocks(lexMarkdown(markdown), width);
}

function linked(words: string, address: string | undefined): string {
  return address === undefined || address === words ? words : `${words} (${address})`;
}

function plain(text: string): string {
  return text
    .replace(/[ \t\n]+/g, " ")
    .replace(/&(\w+);/g, (written, name: string) => entities[name] ?? written);
}

function wrap(text: string, columns: number): string {
  return text
    .split("\n")
    .map((line) => {
      const lines = [""];
      for (const word of line.split(" ").filter(Boolean)) {
        const last = lines.at(-1) ?? "";
        if (last && last.length + 1 + word.length > columns) lines.push(word);
        else lines[lines.length - 1] = last ? `${last} ${word}` : word;
      }
      return lines.join("\n");
    })
    .join("\n");
}

function underline(text: string, sign: string): string {
  return `${text}\n${sign.repeat(Math.max(...text.split("\n").map((line) => line.length)))}`;
}

function indent(text: string, first: string, others: string): string {
  return text
    .split("\n")
    .map((line, index) => `${index === 0 ? first : others}${line}`.trimEnd())
    .join("\n");
}
