import { localAccount } from "../account.ts";
import { eventMail } from "./event-mail.ts";
import { bounceOf, deliveryOf } from "./event-reports.ts";
import type { MailRecord } from "./mail-record.ts";
import type { PlannedEvent } from "./plan-events.ts";
import { detailTypes, type SesEventBridgeEvent, type SesEventDetail } from "./ses-event.ts";

/** Writes out one planned event in AWS's shape. */
export function buildEvent(mail: MailRecord, planned: PlannedEvent, region: string): SesEventBridgeEvent {
  return {
    version: "0",
    id: planned.id,
    "detail-type": detailTypes[planned.type],
    source: "aws.ses",
    account: localAccount,
    time: planned.at.replace(/\.\d+Z$/, "Z"),
    region,
    resources: [`arn:aws:ses:${region}:${localAccount}:configuration-set/${mail.configurationSet}`],
    detail: detailOf(mail, planned, region),
  };
}

function detailOf(record: MailRecord, planned: PlannedEvent, region: string): SesEventDetail {
  const mail = eventMail(record, planned, region);
  const { recipients, at: timestamp } = planned;
  const feedbackId = `${record.messageId.slice(0, 16)}-${planned.id}-000000`;
  switch (planned.type) {
    case "Send":
      return { eventType: "Send", mail, send: {} };
    case "Delivery":
      return { eventType: "Delivery", mail, delivery: { ...deliveryOf(recipients), timestamp } };
    case "Bounce":
      return {
        eventType: "Bounce",
        mail,
        bounce: { ...bounceOf(recipients, planned.outcome), timestamp, feedbackId },
      };
    case "Complaint":
      return {
        eventType: "Complaint",
        mail,
        complaint: {
          complainedRecipients: recipients.map((emailAddress) => ({ emailAddress })),
          timestamp,
          feedbackId,
          complaintSubType: null,
          userAgent: "Amazon SES Mailbox Simulator",
          complaintFeedbackType: "abuse",
          arrivalDate: timestamp,
        },
      };
    case "Rendering Failure":
      // Inline templates have no name.
      return {
        eventType: "Rendering Failure",
        mail,
        failure: { templateName: "", errorMessage: record.renderingError ?? "" },
      };
  }
}
