import { localAccount } from "../account.ts";
import type { Header, MailRecord } from "./mail-record.ts";
import type { PlannedEvent } from "./plan-events.ts";
import type { SesEventMail } from "./ses-event.ts";

const maxHeaderBytes = 10 * 1024;

/** The `mail` member, the same in every event of one mail but for what SES learns on the way. */
export function eventMail(record: MailRecord, planned: PlannedEvent, region: string): SesEventMail {
  const domain =
    record.from
      .replace(/>?\s*$/, "")
      .split("@")
      .at(-1) ?? "";
  // A template is filled after the Send event, which therefore has no subject yet.
  const subjectless = planned.type === "Send" && record.templated;
  const headers = record.headers.filter(({ name }) => !subjectless || name.toLowerCase() !== "subject");
  return {
    timestamp: record.acceptedAt,
    messageId: record.messageId,
    source: record.from,
    sourceArn: `arn:aws:ses:${region}:${localAccount}:identity/${domain}`,
    sendingAccountId: localAccount,
    destination: record.recipients.map(({ address }) => address),
    ...truncate(headers),
    commonHeaders: {
      from: [record.from],
      to: record.to,
      messageId: record.messageId,
      ...(!subjectless && { subject: record.subject }),
    },
    tags: {
      "ses:operation": [record.operation],
      "ses:configuration-set": [record.configurationSet ?? ""],
      "ses:source-ip": ["127.0.0.1"],
      "ses:from-domain": [domain],
      "ses:caller-identity": ["local"],
      ...(planned.type === "Delivery" && { "ses:outgoing-ip": ["127.0.0.1"] }),
      ...Object.fromEntries(Object.entries(record.tags).map(([name, value]) => [name, [value]])),
    },
  };
}

function truncate(headers: Header[]): { headersTruncated: boolean; headers: Header[] } {
  let bytes = 0;
  const kept = headers.filter(({ name, value }) => {
    bytes += name.length + value.length + 4;
    return bytes <= maxHeaderBytes;
  });
  return { headersTruncated: kept.length < headers.length, headers: kept };
}
