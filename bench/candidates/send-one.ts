import { type SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import type { Sender } from "../../adapters/ses/mailer.ts";
import type { OutgoingMail } from "../../core/delivery/outgoing-mail.ts";

/** A mail with its texts filled in. */
export type FilledMail = Omit<OutgoingMail, "values"> & { subject: string; html: string; text: string };

/** One mail by a SendEmail of its own, as the mailer did before it sent in bulk; the id that SES gave it. */
export async function sendOne(client: SESv2Client, sender: Sender, mail: FilledMail): Promise<string> {
  const { MessageId = "" } = await client.send(
    new SendEmailCommand({
      FromEmailAddress: `"${sender.from.name}" <${sender.from.address}>`,
      ReplyToAddresses: [sender.replyTo],
      Destination: { ToAddresses: [mail.to] },
      Content: {
        Simple: {
          Subject: { Data: mail.subject, Charset: "UTF-8" },
          Body: {
            Html: { Data: mail.html, Charset: "UTF-8" },
            Text: { Data: mail.text, Charset: "UTF-8" },
          },
          Headers: mail.headers.map(({ name, value }) => ({ Name: name, Value: value })),
        },
      },
      ConfigurationSetName: sender.configurationSet,
      EmailTags: [
        { Name: "mailing", Value: mail.mailing },
        { Name: "subscriber", Value: mail.subscriberId },
      ],
    }),
  );
  return MessageId;
}
