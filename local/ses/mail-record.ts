/** What became of a mail; of several recipients, the worst. */
export type Outcome =
  | "delivered"
  | "complained"
  | "transient"
  | "suppressed"
  | "bounced"
  | "rendering-failed";

/** A header as it stands in the mail, unfolded. */
export interface Header {
  name: string;
  value: string;
}

/** One accepted mail, as the index keeps it. */
export interface MailRecord {
  /** The MessageId that SES answered. */
  messageId: string;
  /** Calendar time, as ISO text; `realAt` is what the wall clock said. */
  acceptedAt: string;
  realAt: string;
  operation: SendOperation;
  from: string;
  /** Bare addresses. */
  to: string[];
  cc: string[];
  bcc: string[];
  subject: string;
  /** SES fills templates after accepting, so the Send event does not know the subject. */
  templated: boolean;
  headers: Header[];
  tags: Record<string, string>;
  configurationSet?: string;
  outcome: Outcome;
  recipients: { address: string; outcome: Outcome }[];
  /** Why the template could not be filled. */
  renderingError?: string;
  /** The whole mail on disk. */
  emlPath: string;
}

/** The two calls that send. */
export type SendOperation = "SendEmail" | "SendBulkEmail";
