import type { Site } from "../catalogue.ts";

/** The light `line` of the palette of mails and pages. */
const line = "#d9d5cd";

/** How the elements of a text look in a mail, by tag: only a style on the element itself is safe with all mail programs. */
export function mailStyles({ accent }: Pick<Site["theme"], "accent">): Record<string, string> {
  const list = "margin: 0 0 18px; padding: 0 0 0 24px;";
  const cell = `padding: 8px 12px 8px 0; border-bottom: 1px solid ${line}; text-align: left; vertical-align: top;`;
  return {
    h1: "margin: 0 0 20px; font-size: 29px; line-height: 1.2; font-weight: 700; letter-spacing: -0.01em;",
    h2: "margin: 36px 0 10px; font-size: 21px; line-height: 1.3; font-weight: 700;",
    h3: "margin: 28px 0 8px; font-size: 18px; line-height: 1.4; font-weight: 700;",
    p: "margin: 0 0 18px;",
    ul: list,
    ol: list,
    li: "margin: 0 0 8px;",
    a: `color: ${accent}; text-decoration: underline;`,
    hr: `margin: 28px 0; border: 0; border-top: 1px solid ${line};`,
    blockquote: `margin: 0 0 18px; padding: 2px 0 2px 18px; border-left: 3px solid ${accent};`,
    pre: "margin: 0 0 18px; font-size: 16px; white-space: pre-wrap;",
    table: "margin: 0 0 18px; border-collapse: collapse; width: 100%;",
    th: cell,
    td: cell,
  };
}
