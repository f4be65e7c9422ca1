import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bulkTemplate } from "../../bench/candidates/bulk-template.ts";
import { newsletter } from "../../bench/fixture/newsletter.ts";
import type { CompiledText, Slot } from "../../core/catalogue.ts";
import { fill } from "../../core/delivery/render.ts";
import { readTemplateData, renderTemplate } from "../../local/ses/render-template.ts";

const slots: Slot[] = [
  { name: "greeting", as: "html" },
  { name: "greeting", as: "text" },
  { name: "bodyHtml", as: "block" },
];
/** Texts of what may be taken for a substitution, or may break JSON or HTML. */
const tricky = fc.string({ unit: fc.constantFrom("{", "}", "a", '"', "\\", "<", "&", "\n", "#", " ", "é") });

/** Literals and slots in any order. */
const compiled = fc.array(fc.tuple(tricky, fc.constantFrom(...slots)), { maxLength: 4 }).chain((pieces) =>
  tricky.map(
    (last): CompiledText => ({
      literals: [...pieces.map(([literal]) => literal), last],
      slots: pieces.map(([, slot]) => slot),
    }),
  ),
);

describe("a mail as SES's template", () => {
  it("reads as the composer would have written it, whatever braces it holds", () => {
    fc.assert(
      fc.property(compiled, compiled, tricky, tricky, (html, text, greeting, bodyHtml) => {
        const mail = { subject: text, html, text };
        const values = { greeting, bodyHtml };
        const { content, dataOf } = bulkTemplate(mail);
        const data = readTemplateData(dataOf(values));
        expect(renderTemplate(content.Html, data)).toBe(fill(html, values));
        expect(renderTemplate(content.Text, data)).toBe(fill(text, values));
        expect(renderTemplate(content.Subject, data)).toBe(fill(text, values));
      }),
    );
  });

  it("leaves no brace next to another, or to a substitution", () => {
    fc.assert(
      fc.property(compiled, (html) => {
        const { content } = bulkTemplate({ subject: html, html, text: html });
        for (const literal of content.Html.split(/\{\{\w+\}\}/)) {
          expect(literal).not.toMatch(/[{}]{2}|^[{}]|[{}]$/);
        }
      }),
    );
  });

  it("has work to do: styles end in two braces", () => {
    expect(newsletter.html.literals.join("")).toContain("}}");
    expect(bulkTemplate(newsletter).content.Html).toContain("{{b0}}");
  });

  it("refuses a reader without a value, before anything is handed over", () => {
    expect(() => bulkTemplate(newsletter).dataOf({})).toThrow("has no value");
  });
});
