import type { DraftContent } from "./draft.ts";
import { MissingAttribute, renderTemplate } from "./render-template.ts";
import type { SendEmailRequest, Template } from "./request-schemas.ts";
import { badRequest, SesError } from "./ses-error.ts";

type Simple = NonNullable<SendEmailRequest["Content"]["Simple"]>;

/** The content of a simple message. */
export function simpleContent({ Subject, Body, Attachments }: Simple): DraftContent {
  if (!Body.Html && !Body.Text) throw badRequest("Body is missing.");
  return {
    kind: "parts",
    subject: oneLine(inCharset(Subject)),
    ...(Body.Html && { html: inCharset(Body.Html) }),
    ...(Body.Text && { text: inCharset(Body.Text) }),
    attachments: Attachments,
  };
}

/** The content of a template filled with one recipient's values. */
export function templateContent(template: Template, data: Record<string, unknown>): DraftContent {
  const content = template.TemplateContent;
  if (!content) {
    throw new SesError(404, "NotFoundException", `Template ${template.TemplateName ?? ""} does not exist.`);
  }
  if (!content.Subject) throw badRequest("The subject of the template is missing.");
  if (!content.Html && !content.Text) throw badRequest("The template has neither an HTML nor a text part.");
  try {
    return {
      kind: "parts",
      subject: oneLine(renderTemplate(content.Subject, data)),
      ...(content.Html && { html: renderTemplate(content.Html, data) }),
      ...(content.Text && { text: renderTemplate(content.Text, data) }),
      attachments: template.Attachments,
    };
  } catch (error) {
    if (!(error instanceof MissingAttribute)) throw error;
    return { kind: "unrendered", subject: content.Subject, error: error.message };
  }
}

// Without a charset SES takes the text for 7-bit ASCII; what does not fit arrives as a question mark.
function inCharset({ Data, Charset }: { Data: string; Charset?: string | undefined }): string {
  return Charset ? Data : Data.replace(/[^\0-\x7f]/gu, "?");
}

function oneLine(subject: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  if (/[\0-\x1f\x7f]/.test(subject)) throw badRequest("The subject contains a control character.");
  return subject;
}
