import type { SESEvent, SESReceiptStatus } from "aws-lambda";

/** What may be said of a mail that SES has received. */
export interface ReceivedMail {
  subject?: string | undefined;
  spam?: SESReceiptStatus["status"];
  virus?: SESReceiptStatus["status"];
}

const from = "reader@example.net";
const mailbox = "leave@stepletter.example";
const timestamp = "2027-03-01T12:00:00.000Z";
const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:receive-leave";

/** An event as a receipt rule's Lambda action makes it, after the sample in SES's own documentation. */
export function receivedMail({ subject, spam = "PASS", virus = "PASS" }: ReceivedMail): SESEvent {
  const messageId = "<0123456789@mail.example.net>";
  const verdict = { status: "PASS" as const };
  return {
    Records: [
      {
        eventSource: "aws:ses",
        eventVersion: "1.0",
        ses: {
          mail: {
            timestamp,
            source: from,
            messageId: "o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1",
            destination: [mailbox],
            headersTruncated: false,
            headers: [
              { name: "Return-Path", value: `<${from}>` },
              { name: "X-SES-Spam-Verdict", value: spam },
              { name: "MIME-Version", value: "1.0" },
              { name: "From", value: `A reader <${from}>` },
              { name: "Date", value: "Mon, 01 Mar 2027 12:00:00 +0000" },
              { name: "Message-ID", value: messageId },
              ...(subject === undefined ? [] : [{ name: "Subject", value: subject }]),
              { name: "To", value: mailbox },
              { name: "Content-Type", value: "text/plain; charset=UTF-8" },
            ],
            commonHeaders: {
              returnPath: from,
              from: [`A reader <${from}>`],
              date: "Mon, 01 Mar 2027 12:00:00 +0000",
              to: [mailbox],
              messageId,
              ...(subject !== undefined && { subject }),
            },
          },
          receipt: {
            timestamp,
            processingTimeMillis: 574,
            recipients: [mailbox],
            spamVerdict: { status: spam },
            virusVerdict: { status: virus },
            spfVerdict: verdict,
            dkimVerdict: verdict,
            dmarcVerdict: verdict,
            action: { type: "Lambda", functionArn, invocationType: "Event" },
          },
        },
      },
    ],
  };
}
