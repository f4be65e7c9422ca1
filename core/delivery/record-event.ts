import type { Deliveries } from "../ports.ts";
import { countSoftBounce, type SuppressDeps, suppress } from "../subscriber/suppress.ts";
import type { Instant } from "../time/instant.ts";
import type { DeliveryKey } from "./delivery.ts";

/** What the provider tells of a mail after it took it. Every one of them proves that it was accepted. */
export interface MailEvent extends DeliveryKey {
  type: MailEventType;
  messageId: string;
  at: Instant;
}

export const mailEventTypes = [
  "accepted",
  "delivered",
  "delayed",
  "bounced",
  "soft-bounced",
  "complained",
  "not-spam",
  "rejected",
  "not-rendered",
] as const;
export type MailEventType = (typeof mailEventTypes)[number];

export interface RecordEventDeps extends SuppressDeps {
  deliveries: Deliveries;
}

export type RecordEventOutcome = { status: "recorded" } | { status: "unknown-delivery" };

/**
 * Keeps what became of a mail. Events come in any order and more than once; each is noted once, settles an
 * unknown outcome, and revives nobody: without a row in the ledger nothing changes.
 */
export async function recordEvent(deps: RecordEventDeps, event: MailEvent): Promise<RecordEventOutcome> {
  if (!(await deps.deliveries.noteEvent(event, event))) return { status: "unknown-delivery" };
  if (event.type === "bounced") await suppress(deps, event.subscriberId, "bounce");
  if (event.type === "complained") await suppress(deps, event.subscriberId, "complaint");
  if (event.type === "soft-bounced") await countSoftBounce(deps, event.subscriberId, event.at);
  return { status: "recorded" };
}
