import type { Instant } from "../time/instant.ts";

/** A call as it arrived. */
export interface Call {
  /** Name of the source that it came to. */
  source: string;
  /** By names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What a look at signature and time tells. `stale` is one that was genuine at another time: too long ago, or not yet. */
export type Check =
  | { status: "genuine"; id: string; payload: unknown }
  | { status: "forged" | "stale" }
  | { status: "unreadable"; reason: string };

/** A call of a webhook, by the name of the source and the id that the site gave it. */
export interface CallKey {
  source: string;
  id: string;
}

/** Calls that were carried out within the last seven days: longer than any of them may be repeated. */
export interface WebhookCalls {
  has(call: CallKey, now: Instant): Promise<boolean>;
  /** False if it is remembered already. */
  remember(call: CallKey, now: Instant): Promise<boolean>;
}
