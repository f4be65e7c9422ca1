import { Marked, type Token, type Tokens } from "marked";
import { escapeHtml } from "./escape-html.ts";

/** How to render: what each link becomes, and whether headings can be linked to. */
export interface MarkdownOptions {
  link: (href: string) => string;
  headingIds?: boolean;
}

const parser = new Marked();

/** Parts Markdown into tokens. */
export function lexMarkdown(markdown: string): Token[] {
  return parser.lexer(markdown);
}

/** Renders Markdown to HTML on one line, so that it can stand in a template without moving the lines after it. */
export function renderMarkdown(markdown: string, options: MarkdownOptions): string {
  const renderer = {
    link(
      this: { parser: { parseInline(tokens: Token[]): string } },
      { href, title, tokens }: Tokens.Link,
    ): string {
      const tooltip = title ? ` title="${escapeHtml(title)}"` : "";
      return `<a href="${escapeHtml(options.link(href))}"${tooltip}>${this.parser.parseInline(tokens)}</a>`;
    },
    heading(
      this: { parser: { parseInline(tokens: Token[]): string } },
      { depth, text, tokens }: Tokens.Heading,
    ): string {
      const id = options.headingIds ? ` id="${slugOf(text)}"` : "";
      return `<h${depth}${id}>${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    code: ({ text }: Tokens.Code): string =>
      `<pre><code>${escapeHtml(text).replaceAll("\n", "<br>")}</code></pre>\n`,
  };
  const html = new Marked({ renderer }).parse(markdown, { async: false });
  return html
    .trim()
    .replaceAll("<table>", '<table class="data">')
    .replace(/\s*\n\s*/g, " ");
}

/** The ids that a page's headings get, for links such as `glossary.md#codes`. */
export function headingIds(markdown: string): Set<string> {
  const headings = lexMarkdown(markdown).filter((token): token is Tokens.Heading => token.type === "heading");
  return new Set(headings.map(({ text }) => slugOf(text)));
}

function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}
