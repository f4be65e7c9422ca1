import { randomUUID } from "node:crypto";
import type { MailRecord, Outcome } from "./mail-record.ts";
import type { SesEventType } from "./ses-event.ts";

/** An event that is owed for a mail; what it says follows from the mail. */
export interface PlannedEvent {
  id: string;
  type: SesEventType;
  recipients: string[];
  /** Calendar time. */
  at: string;
  /** Of a bounce: which one. */
  outcome?: Outcome;
}

/** All events that SES emits for an accepted mail, in their order. */
export function planEvents(mail: Omit<MailRecord, "emlPath">): PlannedEvent[] {
  // SES publishes through a configuration set's event destination, so a mail without one makes no events.
  if (mail.configurationSet === undefined) return [];
  const all = mail.recipients.map(({ address }) => address);
  const plan = (type: SesEventType, recipients: string[], outcome?: Outcome): PlannedEvent[] =>
    recipients.length === 0
      ? []
      : [{ id: randomUUID(), type, recipients, at: mail.acceptedAt, ...(outcome && { outcome }) }];
  const having = (...outcomes: Outcome[]) =>
    mail.recipients.filter(({ outcome }) => outcomes.includes(outcome)).map(({ address }) => address);
  return [
    ...plan("Send", all),
    ...plan("Rendering Failure", having("rendering-failed")),
    ...plan("Delivery", having("delivered", "complained")),
    ...plan("Bounce", having("bounced"), "bounced"),
    ...plan("Bounce", having("transient"), "transient"),
    ...plan("Bounce", having("suppressed"), "suppressed"),
    ...plan("Complaint", having("complained")),
  ];
}
