import { type SESv2Client, SendBulkEmailCommand } from "@aws-sdk/client-sesv2";
import type { Sender } from "../../adapters/ses/mailer.ts";
import type { OutgoingMail } from "../../core/delivery/outgoing-mail.ts";
import type { BulkTemplate } from "./bulk-template.ts";

/** One reader's share of a bulk call. */
export type BulkEntry = Pick<OutgoingMail, "mailing" | "subscriberId" | "to" | "headers"> & { data: string };

/** Up to 50 mails in one call; the id that SES gave each, or the status by which it refused it. */
export async function sendBulk(
  client: SESv2Client,
  sender: Sender,
  content: BulkTemplate["content"],
  entries: BulkEntry[],
): Promise<string[]> {
  const { BulkEmailEntryResults = [] } = await client.send(
    new SendBulkEmailCommand({
      FromEmailAddress: `"${sender.from.name}" <${sender.from.address}>`,
      ReplyToAddresses: [sender.replyTo],
      DefaultContent: { Template: { TemplateContent: content, TemplateData: "{}" } },
      ConfigurationSetName: sender.configurationSet,
      BulkEmailEntries: entries.map((entry) => ({
        Destination: { ToAddresses: [entry.to] },
        ReplacementEmailContent: { ReplacementTemplate: { ReplacementTemplateData: entry.data } },
        ReplacementHeaders: entry.headers.map(({ name, value }) => ({ Name: name, Value: value })),
        ReplacementTags: [
          { Name: "mailing", Value: entry.mailing },
          { Name: "subscriber", Value: entry.subscriberId },
        ],
      })),
    }),
  );
  return entries.map((_, index) => {
    const { Status, MessageId } = BulkEmailEntryResults[index] ?? {};
    return (Status === "SUCCESS" && MessageId) || String(Status);
  });
}
