import type { Header, SendOperation } from "./mail-record.ts";
import type { Attachment } from "./request-schemas.ts";

/** A message that was asked for and passed all checks, before it is accepted. */
export interface Draft {
  operation: SendOperation;
  from: string;
  /** Address headers as given. */
  shown: { to: string[]; cc: string[]; replyTo: string[] };
  to: string[];
  cc: string[];
  bcc: string[];
  headers: Header[];
  tags: Record<string, string>;
  configurationSet?: string;
  /** SES fills templates after accepting, so the Send event does not know the subject. */
  templated: boolean;
  content: DraftContent;
}

/** What stands in the mail; `raw` brings its own headers. */
export type DraftContent =
  | { kind: "parts"; subject: string; html?: string; text?: string; attachments: Attachment[] }
  | { kind: "raw"; data: Buffer }
  | { kind: "unrendered"; subject: string; error: string };
