/** A mail ready to be handed over. `mailing` and `subscriberId` travel as tags, so that events find the ledger. */
export interface OutgoingMail {
  mailing: string;
  subscriberId: string;
  to: string;
  subject: string;
  html: string;
  text: string;
  headers: { name: string; value: string }[];
}

/**
 * What the provider made of one mail. `rejected` concerns this recipient or this content; `throttled` and
 * `halted` are proven not accepted and would hit the next recipient too; `doubtful` may have been accepted.
 */
export type SendResult =
  | { outcome: "accepted"; messageId: string }
  | { outcome: "rejected"; code: string }
  | { outcome: "throttled"; code: string }
  | { outcome: "halted"; code: string }
  | { outcome: "doubtful"; code: string };
