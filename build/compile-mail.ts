import mjml2html from "mjml";
import type { CompiledMail } from "../core/catalogue.ts";
import type { Template } from "./assemble-template.ts";
import type { Report } from "./problem.ts";
import { splitHtml, splitText, splitTextPart } from "./split-slots.ts";
import { fillTemplate, type MailTemplateValues } from "./template-values.ts";
import { textPart } from "./text-part.ts";

/** Gmail clips a mail at about 102 KB, and with it the link to leave. */
export const maxHtmlBytes = 90 * 1024;

/** Compiles one mail; undefined if it has a mistake, which is reported. */
export async function compileMail(
  mail: { file: string; subject: string; template: Template; values: MailTemplateValues },
  report: Report,
): Promise<CompiledMail | undefined> {
  const html = await renderMjml(mail.template, mail.values, report);
  if (html === undefined) return undefined;
  const bytes = Buffer.byteLength(html);
  if (bytes > maxHtmlBytes) {
    const message = `The mail is ${Math.ceil(bytes / 1024)} KB of HTML, and mailboxes clip it above ${maxHtmlBytes / 1024} KB: shorten it`;
    report({ file: mail.file, line: 1, message });
  }
  return { subject: splitText(mail.subject), html: splitHtml(html), text: splitTextPart(textPart(html)) };
}

/** Lays a filled template out as HTML; undefined if it has a mistake, which is reported. */
export async function renderMjml(
  template: Template,
  values: MailTemplateValues,
  report: Report,
): Promise<string | undefined> {
  const options = {
    minify: true,
    minifyOptions: { minifyCss: false },
    keepComments: false,
    fonts: {},
  } as const;
  try {
    const { html, errors } = await mjml2html(fillTemplate(template.mjml, values), {
      ...options,
      validationLevel: "soft",
    });
    for (const { line, message, tagName } of errors) {
      const origin = template.origins[line - 1] ?? { file: "templates/layout.mjml", line: 1 };
      report({ ...origin, message: `${tagName}: ${message}` });
    }
    return errors.length > 0 ? undefined : tighten(html);
  } catch (error) {
    report({
      file: "templates/layout.mjml",
      line: 1,
      message: `MJML could not read the template: ${String(error)}`,
    });
    return undefined;
  }
}

/** Takes out the white space that MJML's own minifier leaves in styles and between tables. */
function tighten(html: string): string {
  return html
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, (style) =>
      style.replace(/\s+/g, " ").replace(/ ?([{};,>]) ?/g, "$1"),
    )
    .replace(
      /> (?=<\/?(?:table|tbody|tr|td|div|!--))|(?<=<\/?(?:table|tbody|tr|td|div)\b[^>]*>) (?=<)/g,
      (match) => match.trim(),
    );
}
