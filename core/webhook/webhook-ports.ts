import type { Instant } from "../time/instant.ts";

/** A call of a webhook, by the name of the site and the id that the site gave it. */
export interface CallKey {
  source: string;
  id: string;
}

/** Calls that were carried out within the last day. */
export interface WebhookCalls {
  has(call: CallKey, now: Instant): Promise<boolean>;
  /** False if it is remembered already. */
  remember(call: CallKey, now: Instant): Promise<boolean>;
}
