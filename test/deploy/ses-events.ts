import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { BusEvent } from "./clients.ts";

/** The mail that an event is about. */
export interface About {
  configurationSet: string;
  messageId: string;
  mailing: string;
  subscriberId: string;
}

/** When the events of this file happened. */
export const eventAt = "2026-11-23T12:00:00.000Z";

/** SES could not deliver a mail yet. */
export function delay(about: About): BusEvent {
  const deliveryDelay = { timestamp: eventAt, delayType: "MailboxFull", delayedRecipients: [] };
  return event("Email Delivery Delayed", about, { eventType: "DeliveryDelay", deliveryDelay });
}

/** A recipient complained about a mail. */
export function complaint(about: About): BusEvent {
  const told = { timestamp: eventAt, complaintFeedbackType: "abuse", complainedRecipients: [] };
  return event("Email Complaint Received", about, { eventType: "Complaint", complaint: told });
}

const fixture = join(import.meta.dirname, "../fixtures/ses-delivery-event.json");

function event(type: string, about: About, told: object): BusEvent {
  const { source, detail } = JSON.parse(readFileSync(fixture, "utf8")) as BusEvent & {
    detail: { mail: object };
  };
  const tags = {
    "ses:configuration-set": [about.configurationSet],
    mailing: [about.mailing],
    subscriber: [about.subscriberId],
  };
  const mail = { ...detail.mail, messageId: about.messageId, tags };
  return { source, "detail-type": type, detail: { mail, ...told } };
}
