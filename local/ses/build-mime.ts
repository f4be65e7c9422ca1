import MailComposer from "nodemailer/lib/mail-composer";
import type { Draft, DraftContent } from "./draft.ts";
import { splitMessage } from "./mime-headers.ts";

type Parts = Extract<DraftContent, { kind: "parts" }>;
interface Identity {
  messageId: string;
  date: Date;
}

/** The whole mail as SES would hand it over; Date and Message-ID are always SES's own. */
export async function buildMime(draft: Draft, identity: Identity): Promise<Buffer> {
  const { content } = draft;
  if (content.kind === "raw") return rewriteRaw(content.data, identity);
  const parts: Parts =
    content.kind === "parts"
      ? content
      : { kind: "parts", subject: content.subject, text: `Not sent: ${content.error}`, attachments: [] };
  // SES passes address and custom headers on as they were given, so they do not go through the composer.
  const lines = [
    `From: ${draft.from}`,
    ...addressLine("To", draft.shown.to),
    ...addressLine("Cc", draft.shown.cc),
    ...addressLine("Reply-To", draft.shown.replyTo),
    ...draft.headers.map(({ name, value }) => `${name}: ${value}`),
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n`), await compose(parts, identity)]);
}

function addressLine(name: string, addresses: string[]): string[] {
  return addresses.length === 0 ? [] : [`${name}: ${addresses.join(",\r\n ")}`];
}

async function compose(
  { subject, html, text, attachments }: Parts,
  { messageId, date }: Identity,
): Promise<Buffer> {
  const composer = new MailComposer({
    messageId: ownMessageId(messageId),
    date,
    subject,
    ...(html !== undefined && { html }),
    ...(text !== undefined && { text }),
    attachments: attachments.map((attachment) => ({
      content: Buffer.from(attachment.RawContent, "base64"),
      filename: attachment.FileName,
      ...(attachment.ContentType && { contentType: attachment.ContentType }),
      ...(attachment.ContentId && { cid: attachment.ContentId }),
      contentDisposition: attachment.ContentDisposition === "INLINE" ? "inline" : "attachment",
    })),
    newline: "win",
  });
  return await composer.compile().build();
}

function rewriteRaw(message: Buffer, { messageId, date }: Identity): Buffer {
  const { head, body } = splitMessage(message);
  const kept = head.filter((field) => !/^(date|message-id|bcc|return-path)\s*:/i.test(field));
  const own = [
    `Date: ${date.toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: ${ownMessageId(messageId)}`,
  ];
  return Buffer.concat([Buffer.from(`${[...own, ...kept].join("\r\n")}\r\n\r\n`, "latin1"), body]);
}

function ownMessageId(messageId: string): string {
  return `<${messageId}@email.amazonses.com>`;
}
