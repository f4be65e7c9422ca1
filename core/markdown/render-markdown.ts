import type { Site } from "../catalogue.ts";
import { findMistakes } from "./find-mistakes.ts";
import { mailStyles } from "./mail-styles.ts";
import { renderHtml } from "./render-html.ts";
import { renderText } from "./render-text.ts";

/** The body of a mail, for the slots `bodyHtml` and `bodyText`, and what its author should mend before it is sent. */
export interface RenderedMarkdown {
  html: string;
  text: string;
  /** Each starts with its line; none means that both parts say all that was written. */
  problems: string[];
}

/** Renders Markdown that comes at run time as the body of a mail. Safe for Markdown from anyone, problems or not. */
export function renderMarkdown(markdown: string, theme: Pick<Site["theme"], "accent">): RenderedMarkdown {
  const source = plainText(markdown.replace(/\r\n?/g, "\n"));
  return {
    html: plainText(renderHtml(source, { link: webOrMail, styles: mailStyles(theme) })),
    text: plainText(renderText(source, { link: webOrMail })),
    problems: [...unfilled(source), ...findMistakes(source, ({ href }) => linkMistake(href))]
      .sort((a, b) => a.index - b.index)
      .map(({ index, message }) => `Line ${source.slice(0, index).split("\n").length}: ${message}`),
  };
}

/** Without control characters, which Markdown can also write as `&#27;`. */
function plainText(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, "");
}

function webOrMail(href: string): string | undefined {
  return /^(https?:\/\/[^\s/]|mailto:[^\s@]+@[^\s@]+$)/i.test(href) ? href : undefined;
}

function linkMistake(href: string): string | undefined {
  if (webOrMail(href)) return undefined;
  return `The link ${href} leads nowhere from a mail: write a whole https:// address, or mailto: and an address`;
}

/** What the build would fill in a mail of its own, and nobody fills here. */
function unfilled(source: string) {
  return [...source.matchAll(/\{\{[^{}]*\}\}|\{fact:[^{}]*\}/g)].map(({ 0: written, index }) => ({
    index,
    message: `${written} would be sent as it is: write what it stands for`,
  }));
}
