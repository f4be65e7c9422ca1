import {
  type Attachment,
  type BulkEmailEntry,
  type SESv2Client,
  SendBulkEmailCommand,
} from "@aws-sdk/client-sesv2";
import type { Attachment as MailAttachment } from "../../core/delivery/letter.ts";
import type { OutgoingMail, SendResult } from "../../core/delivery/outgoing-mail.ts";
import type { Mailer } from "../../core/ports.ts";
import { type BulkTemplate, bulkTemplate } from "./bulk-template.ts";
import { classifyEntry, classifyError } from "./classify.ts";
import { cutByBytes } from "./cut-by-bytes.ts";

export interface Sender {
  configurationSet: string;
  /** Display name and address that mails come from. */
  from: { name: string; address: string };
  replyTo: string;
}

/**
 * SESv2, up to 50 mails in one SendBulkEmail; more bytes than one call may have make several, side by side. Each call
 * is tried once.
 */
export function sesMailer(client: SESv2Client, sender: Sender): Mailer {
  const from = `${encodeWord(sender.from.name)} <${sender.from.address}>`;
  return {
    async send(mail, mails) {
      const template = bulkTemplate(mail);
      const shared = { ...template, attachments: mail.attachments?.map(toAttachment) };
      const entries = mails.map((each) => entryOf(each, template));
      const calls = cutByBytes({ ...template.content, attachments: mail.attachments }, entries);
      return (
        await Promise.all(calls.map((call) => sendBulk(client, { ...sender, from }, shared, call)))
      ).flat();
    },
  };
}

async function sendBulk(
  client: SESv2Client,
  { from, replyTo, configurationSet }: Omit<Sender, "from"> & { from: string },
  { content, attachments }: BulkTemplate & { attachments: Attachment[] | undefined },
  entries: BulkEmailEntry[],
): Promise<SendResult[]> {
  const command = new SendBulkEmailCommand({
    FromEmailAddress: from,
    ReplyToAddresses: [replyTo],
    ConfigurationSetName: configurationSet,
    DefaultContent: {
      Template: { TemplateContent: content, TemplateData: "{}", Attachments: attachments },
    },
    BulkEmailEntries: entries,
  });
  try {
    const { BulkEmailEntryResults: results } = await client.send(command);
    // One for each entry, in order. With one more or less nobody can tell whose each is.
    if (results?.length === entries.length) return results.map(classifyEntry);
    return entries.map(() => ({ outcome: "doubtful", code: "missing-results" }));
  } catch (error) {
    const verdict = classifyError(error);
    const together = verdict.outcome === "rejected" && entries.length > 1;
    return entries.map(() => (together ? { outcome: "refused-together", code: verdict.code } : verdict));
  }
}

function toAttachment({ fileName, contentType, content }: MailAttachment): Attachment {
  return {
    FileName: fileName,
    // SES documents a media type alone, without parameters; a calendar is UTF-8 by itself (RFC 5545).
    ContentType: contentType.split(";")[0],
    ContentDisposition: "ATTACHMENT",
    ContentTransferEncoding: "BASE64",
    RawContent: Buffer.from(content),
  };
}

function entryOf(mail: OutgoingMail, { fixed }: BulkTemplate): BulkEmailEntry {
  const data = JSON.stringify({ ...fixed, ...mail.values });
  return {
    Destination: { ToAddresses: [mail.to] },
    ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: data } },
    ReplacementHeaders: mail.headers.map(({ name, value }) => ({ Name: name, Value: value })),
    ReplacementTags: [
      { Name: "mailing", Value: mail.mailing },
      { Name: "subscriber", Value: mail.subscriberId },
    ],
  };
}

/** A display name for a header: quoted if ASCII, else as an RFC 2047 encoded word. */
function encodeWord(name: string): string {
  const printable = /^[\x20-\x7e]*$/.test(name);
  return printable
    ? `"${name.replace(/["\\]/g, "\\$&")}"`
    : `=?UTF-8?B?${Buffer.from(name).toString("base64")}?=`;
}
