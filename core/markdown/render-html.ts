import { Marked, type RendererObject, type Token, type Tokens } from "marked";
import { escapeHtml } from "../escape-html.ts";

/** How to render Markdown. */
export interface HtmlOptions {
  /** What a link becomes; without an address its words stay alone. */
  link: (href: string) => string | undefined;
  /** Whether headings can be linked to. */
  headingIds?: boolean;
  /** Styles by tag, for mails; pages have a stylesheet. */
  styles?: Readonly<Record<string, string>>;
}

const parser = new Marked();

/** Parts Markdown into tokens. */
export function lexMarkdown(markdown: string): Token[] {
  return parser.lexer(markdown);
}

/**
 * Renders Markdown to HTML on one line, so that it can stand in a template without moving the lines after it.
 * Whatever the Markdown is, no markup comes of it but what stands here: HTML is shown as text, a picture by its words.
 */
export function renderHtml(markdown: string, options: HtmlOptions): string {
  const html = new Marked({ renderer: rendererFor(options) }).parse(markdown, { async: false });
  const { styles = {} } = options;
  return (
    html
      .trim()
      .replace(/\s*\n\s*/g, " ")
      // Every < that is left opens or closes a tag of ours: all others are escaped
      .replace(/<([a-z]\w*)/g, (open, tag: string) => (styles[tag] ? `${open} style="${styles[tag]}"` : open))
      .replaceAll("<table", '<table class="data"')
  );
}

/** The ids that a page's headings get, for links such as `glossary.md#codes`. */
export function headingIds(markdown: string): Set<string> {
  const headings = lexMarkdown(markdown).filter((token): token is Tokens.Heading => token.type === "heading");
  return new Set(headings.map(({ text }) => slugOf(text)));
}

function rendererFor(options: HtmlOptions): RendererObject {
  return {
    link({ href, title, tokens }) {
      const words = this.parser.parseInline(tokens);
      const address = options.link(href);
      if (address === undefined) return words;
      const tooltip = title ? ` title="${escapeHtml(title)}"` : "";
      return `<a href="${escapeHtml(address)}"${tooltip}>${words}</a>`;
    },
    heading({ depth, text, tokens }) {
      const id = options.headingIds ? ` id="${slugOf(text)}"` : "";
      return `<h${depth}${id}>${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    // A text inside raw HTML comes marked as escaped already, which it is not
    text(token) {
      return "tokens" in token && token.tokens
        ? this.parser.parseInline(token.tokens)
        : escapeText(token.text);
    },
    html: ({ block, text }) => (block ? `<p>${escapeHtml(text.trim())}</p>\n` : escapeHtml(text)),
    image: ({ text }) => escapeHtml(text),
    checkbox: ({ checked }) => (checked ? "&#9745; " : "&#9744; "),
    code: ({ text }) => `<pre><code>${escapeHtml(text).replaceAll("\n", "<br>")}</code></pre>\n`,
  };
}

/** As Markdown has it: `&copy;` is a character, a lone `&` is an ampersand. (`&#169;` is read by the lexer.) */
function escapeText(text: string): string {
  return text
    .split(/(&[a-z][a-z\d]{1,31};)/gi)
    .map((part, index) => (index % 2 === 1 ? part : escapeHtml(part)))
    .join("");
}

function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}
