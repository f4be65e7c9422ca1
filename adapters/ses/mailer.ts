import { type SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import type { OutgoingMail, SendResult } from "../../core/delivery/outgoing-mail.ts";
import type { Mailer } from "../../core/ports.ts";
import { classify } from "./classify.ts";

export interface Sender {
  configurationSet: string;
  /** Display name and address that mails come from. */
  from: { name: string; address: string };
  replyTo: string;
}

/** SESv2, one SendEmail per mail, all mails of a call side by side: an answer that is lost leaves one in doubt. */
export function sesMailer(client: SESv2Client, sender: Sender): Mailer {
  const from = `${encodeWord(sender.from.name)} <${sender.from.address}>`;
  return { send: (mails) => Promise.all(mails.map((mail) => sendOne(client, sender, from, mail))) };
}

async function sendOne(
  client: SESv2Client,
  sender: Sender,
  from: string,
  mail: OutgoingMail,
): Promise<SendResult> {
  try {
    const { MessageId = "" } = await client.send(
      new SendEmailCommand({
        FromEmailAddress: from,
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
    return { outcome: "accepted", messageId: MessageId };
  } catch (error) {
    return classify(error);
  }
}

/** A display name for a header: quoted if ASCII, else as an RFC 2047 encoded word. */
function encodeWord(name: string): string {
  const printable = /^[\x20-\x7e]*$/.test(name);
  return printable
    ? `"${name.replace(/["\\]/g, "\\$&")}"`
    : `=?UTF-8?B?${Buffer.from(name).toString("base64")}?=`;
}
