import { convert, type FormatCallback } from "html-to-text";

const underlined: FormatCallback = (element, walk, builder, options) => {
  builder.openBlock({ leadingLineBreaks: 2 });
  walk(element.children, builder);
  builder.closeBlock({
    trailingLineBreaks: 2,
    // How long a heading is that a slot will fill, nobody knows yet: better no line than one that does not fit.
    blockTransform: (text) =>
      text.includes("{{")
        ? text
        : `${text}\n${options.underline.repeat(Math.max(...text.split("\n").map((line) => line.length)))}`,
  });
};

/** Rows of a box and a text, as `[ ] text` with the lines after the first set in. */
const tasks: FormatCallback = (table, walk, builder) => {
  const rows = elements(table).flatMap((part) => (part.name === "tbody" ? elements(part) : part));
  builder.openList({ maxPrefixLength: 4, leadingLineBreaks: 2, interRowLineBreaks: 1 });
  for (const row of rows) {
    builder.openListItem({ prefix: "[ ] " });
    walk(elements(row).at(-1)?.children ?? [], builder);
    builder.closeListItem();
  }
  builder.closeList({ trailingLineBreaks: 2 });
};

const elements = (parent: Parameters<FormatCallback>[0]) =>
  parent.children.filter(({ type }) => type === "tag");

/** Makes the text part of a mail from its HTML, slots and all: the same words, for those who read plain text. */
export function textPart(html: string): string {
  const text = convert(html, {
    wordwrap: 72,
    formatters: { underlined, tasks },
    selectors: [
      { selector: 'div[style*="display:none"]', format: "skip" },
      { selector: ".html-only", format: "skip" },
      { selector: "table.tasks", format: "tasks" },
      { selector: ".data", format: "dataTable" },
      { selector: "h1", format: "underlined", options: { underline: "=" } },
      { selector: "h2", format: "underlined", options: { underline: "-" } },
      { selector: "h3", format: "underlined", options: { underline: "-" } },
      { selector: "ul", options: { itemPrefix: "- " } },
      { selector: "a", options: { linkBrackets: ["(", ")"], hideLinkHrefIfSameAsText: true } },
    ],
  });
  return `${text
    .replaceAll("{{bodyHtml}}", "{{bodyText}}")
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim()}\n`;
}
