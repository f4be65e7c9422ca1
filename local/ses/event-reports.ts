import type { Outcome } from "./mail-record.ts";
import type { SesBounce, SesDelivery } from "./ses-event.ts";

const mta = "a8-50.smtp-out.amazonses.com";

/** What a receiving server said that took the mail. */
export function deliveryOf(recipients: string[]): Omit<SesDelivery, "timestamp"> {
  return {
    processingTimeMillis: 0,
    recipients,
    smtpResponse: "250 2.6.0 Message received",
    reportingMTA: mta,
  };
}

/** What a receiving server said that refused it, or SES in its place. */
export function bounceOf(
  recipients: string[],
  outcome: Outcome | undefined,
): Omit<SesBounce, "timestamp" | "feedbackId"> {
  const bounced = (status: string, diagnosticCode: string) =>
    recipients.map((emailAddress) => ({ emailAddress, action: "failed", status, diagnosticCode }));
  if (outcome === "transient") {
    return {
      bounceType: "Transient",
      bounceSubType: "MailboxFull",
      bouncedRecipients: bounced("4.2.2", "smtp; 452 4.2.2 mailbox full"),
      reportingMTA: `dns; ${mta}`,
    };
  }
  if (outcome === "suppressed") {
    return {
      bounceType: "Permanent",
      bounceSubType: "OnAccountSuppressionList",
      bouncedRecipients: bounced("5.1.1", "Address is on the suppression list for your account."),
      reportingMTA: "dns; amazonses.com",
    };
  }
  return {
    bounceType: "Permanent",
    bounceSubType: "General",
    bouncedRecipients: bounced("5.1.1", "smtp; 550 5.1.1 user unknown"),
    reportingMTA: `dns; ${mta}`,
  };
}
