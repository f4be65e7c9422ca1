import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bulkTemplate } from "../../../adapters/ses/bulk-template.ts";
import type { CompiledText, Slot } from "../../../core/catalogue.ts";
import { composer } from "../../../core/delivery/compose.ts";
import { fill, type MailValues } from "../../../core/delivery/render.ts";
import { readTemplateData, renderTemplate } from "../../../local/ses/render-template.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { subscriber } from "../../helpers/subscribers.ts";

const slots: Slot[] = [
  { name: "greeting", as: "html" },
  { name: "greeting", as: "text" },
  { name: "summary", as: "html" },
  { name: "url", as: "url" },
  { name: "title", as: "html" },
  { name: "title", as: "text" },
  { name: "bodyHtml", as: "block" },
];
/** Texts of what may be taken for a substitution, or may break JSON, HTML, or the order of reading. */
const tricky = fc.string({
  unit: fc.constantFrom(
    "{",
    "}",
    "{{",
    "}}",
    "a",
    '"',
    "\\",
    "<",
    "&",
    "\n",
    "\r",
    "\t",
    "#",
    "/",
    " ",
    "é",
    "م",
    "\u202e",
    "🎓",
    "$&",
  ),
});
const keys = { now: "k1", keys: new Map([["k1", Buffer.alloc(32)]]) };

/** Literals and slots in any order. */
const compiled = fc.array(fc.tuple(tricky, fc.constantFrom(...slots)), { maxLength: 5 }).chain((pieces) =>
  tricky.map(
    (last): CompiledText => ({
      literals: [...pieces.map(([literal]) => literal), last],
      slots: pieces.map(([, slot]) => slot),
    }),
  ),
);

describe("a mail as SES's template", () => {
  it("reads byte for byte as if it had been filled here, whatever literals and values hold", () => {
    fc.assert(
      fc.property(
        compiled,
        compiled,
        fc.record({ name: tricky, summary: tricky, title: tricky, bodyHtml: tricky, path: tricky }),
        (html, text, given) => {
          const mail = { subject: text, html, text };
          const url = `https://example.org/${given.path}`;
          const { template, compose } = composer(
            { kind: "campaign", campaign: "x" },
            {
              template: "mail",
              values: { title: given.title, bodyHtml: given.bodyHtml },
              eligibility: () => ({ may: "send" }),
              personal: () => ({ summary: given.summary, url }),
            },
            {
              catalogue: { site: catalogue.site, mails: { mail } },
              publicUrl: "https://steps.example",
              keys: keys as never,
            },
          );
          const { values } = compose(subscriber({ name: given.name }));
          const { content, fixed } = bulkTemplate(template);
          const data = readTemplateData(JSON.stringify({ ...fixed, ...values }));
          const all: MailValues = {
            greeting: given.name ? `Hello ${given.name},` : "Hello,",
            summary: given.summary,
            title: given.title,
            bodyHtml: given.bodyHtml,
            url,
          };
          expect(renderTemplate(content.Html, data)).toBe(fill(html, all));
          expect(renderTemplate(content.Text, data)).toBe(fill(text, all));
          expect(renderTemplate(content.Subject, data)).toBe(fill(text, all));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("holds no two braces together but its own, neither in literals nor in values", () => {
    fc.assert(
      fc.property(compiled, tricky, (html, name) => {
        const { content, fixed } = bulkTemplate({ subject: html, html, text: html });
        for (const literal of content.Html.split(/\{\{\w+\}\}/)) {
          expect(literal).not.toMatch(/[{}]{2}|^[{}]|[{}]$/);
        }
        for (const value of Object.values(fixed)) expect(value).toMatch(/^[{}]$/);
        const greeting: Slot[] = [
          { name: "greeting", as: "text" },
          { name: "greeting", as: "html" },
        ];
        for (const slot of greeting) {
          expect(fill({ literals: ["", ""], slots: [slot] }, { greeting: name })).not.toMatch(/[{}]{2}/);
        }
      }),
    );
  });
});
