import type { Outcome } from "./mail-record.ts";

/** What a mailbox does with all mail from a moment on. */
export type MailboxEnd = "bounce" | "complaint" | "transient";

/** Mailboxes and the suppression list, by address in lower case. */
export interface Mailboxes {
  isSuppressed(address: string): boolean;
  end(address: string): MailboxEnd | undefined;
}

const ends: Record<MailboxEnd, Outcome> = {
  bounce: "bounced",
  complaint: "complained",
  transient: "transient",
};

// https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
const simulated: Record<string, Outcome> = {
  bounce: "bounced",
  complaint: "complained",
  suppressionlist: "suppressed",
};

const severity: Outcome[] = [
  "delivered",
  "complained",
  "transient",
  "suppressed",
  "bounced",
  "rendering-failed",
];

/** What becomes of a mail to one address. */
export function decideOutcome(address: string, mailboxes: Mailboxes): Outcome {
  const key = address.toLowerCase();
  if (mailboxes.isSuppressed(key)) return "suppressed";
  const simulator = simulatorName(key);
  if (simulator !== undefined) return simulated[simulator] ?? "delivered";
  const end = mailboxes.end(key);
  return end ? ends[end] : "delivered";
}

/** Whether an address is one of the mailbox simulator, which has no reputation and no daily quota. */
export function isSimulator(address: string): boolean {
  return simulatorName(address.toLowerCase()) !== undefined;
}

/** The outcome that speaks for the whole mail. */
export function worstOutcome(outcomes: Outcome[]): Outcome {
  return severity.findLast((outcome) => outcomes.includes(outcome)) ?? "delivered";
}

function simulatorName(address: string): string | undefined {
  return /^([^@+]+)(\+[^@]*)?@simulator\.amazonses\.com$/.exec(address)?.[1];
}
