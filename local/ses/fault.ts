import type { BulkEmailStatus } from "@aws-sdk/client-sesv2";
import type { SendOperation } from "./mail-record.ts";

/** An error answer as it goes over the wire. */
export interface FaultAnswer {
  status: number;
  /** Such as `TooManyRequestsException`; a gateway's answer has none. */
  errorType?: string;
  message?: string;
}

/** What goes wrong with one send call. Parts that are left out go right. */
export interface Fault {
  /** Real time before the mail is accepted, longer than the caller waits, say. */
  delayBeforeMs?: number;
  /** Nothing is accepted, and this is the answer: an error, none at all, or a broken connection. */
  before?: FaultAnswer | "hang" | "drop";
  /** Bulk: entries that are not accepted, by position. */
  entries?: Record<number, { status: BulkEmailStatus; error?: string }>;
  /** Real time between accepting and answering. */
  delayAfterMs?: number;
  /** The mail is accepted, and yet this is the answer. */
  after?: FaultAnswer | "hang" | "drop";
}

/** A well-formed send call, as the script of faults sees it. */
export interface SendRequest {
  operation: SendOperation;
  /** Counts send calls of this server from 1. */
  nth: number;
  /** One mail, or one for each bulk entry; an entry that is refused for itself has empty lists. */
  mails: { recipients: string[]; tags: Record<string, string> }[];
}

/** The script: called once for each send call. */
export type FaultScript = (request: SendRequest) => Fault | undefined;
