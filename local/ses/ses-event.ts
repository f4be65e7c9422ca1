import type { Header } from "./mail-record.ts";

/** What EventBridge hands to the rule's target for an event of our configuration set. */
export interface SesEventBridgeEvent {
  version: "0";
  id: string;
  "detail-type": (typeof detailTypes)[SesEventType];
  source: "aws.ses";
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: SesEventDetail;
}

/** Event types that the local SES knows; note the space in the last one. */
export type SesEventType = SesEventDetail["eventType"];

/** EventBridge's names of the event types: https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ses.html */
export const detailTypes = {
  Send: "Email Sent",
  Delivery: "Email Delivered",
  Bounce: "Email Bounced",
  Complaint: "Email Complaint Received",
  "Rendering Failure": "Email Rendering Failed",
} as const;

/** SES's own event: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
export type SesEventDetail = { mail: SesEventMail } & (
  | { eventType: "Send"; send: Record<string, never> }
  | { eventType: "Delivery"; delivery: SesDelivery }
  | { eventType: "Bounce"; bounce: SesBounce }
  | { eventType: "Complaint"; complaint: SesComplaint }
  | { eventType: "Rendering Failure"; failure: { templateName: string; errorMessage: string } }
);

/** The mail that an event is about. */
export interface SesEventMail {
  timestamp: string;
  messageId: string;
  source: string;
  sourceArn: string;
  sendingAccountId: string;
  destination: string[];
  headersTruncated: boolean;
  headers: Header[];
  commonHeaders: { from: string[]; to: string[]; messageId: string; subject?: string };
  tags: Record<string, string[]>;
}

export interface SesDelivery {
  timestamp: string;
  processingTimeMillis: number;
  recipients: string[];
  smtpResponse: string;
  reportingMTA: string;
}

export interface SesBounce {
  bounceType: "Permanent" | "Transient";
  bounceSubType: string;
  bouncedRecipients: { emailAddress: string; action: string; status: string; diagnosticCode: string }[];
  timestamp: string;
  feedbackId: string;
  reportingMTA: string;
}

export interface SesComplaint {
  complainedRecipients: { emailAddress: string }[];
  timestamp: string;
  feedbackId: string;
  complaintSubType: null;
  userAgent: string;
  complaintFeedbackType: "abuse";
  arrivalDate: string;
}
