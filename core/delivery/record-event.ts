import type { Measures } from "../measures.ts";
import type { Deliveries } from "../ports.ts";
import { countSoftBounce, type SuppressDeps, suppress } from "../subscriber/suppress.ts";
import { type SuppressAddressDeps, suppressAddress, wroteTo } from "../subscriber/suppress-address.ts";
import type { Instant } from "../time/instant.ts";
import type { DeliveryKey } from "./delivery.ts";
import { type RecountPacketDeps, recountPacket, talliedEvents } from "./recount-packet.ts";

/** What the provider tells of a mail after it took it. Every one of them proves that it was accepted. */
export interface MailEvent extends DeliveryKey {
  type: MailEventType;
  messageId: string;
  /** Where the mail went. Whom a bounce or complaint names is not looked at: providers redact it, or name a whole domain. */
  to: string[];
  /** The same in every event of a mail. */
  acceptedAt: Instant;
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

export interface RecordEventDeps extends SuppressDeps, SuppressAddressDeps, RecountPacketDeps {
  deliveries: Pick<Deliveries, "noteEvent" | "loadMany">;
  measures: Measures;
}

/** Events that change the numbers of the packet. Others are counted in the ledger by whoever looks: they come with every mail. */
const tallied = new Set<string>(talliedEvents);

export type RecordEventOutcome = { status: "recorded" } | { status: "unknown-delivery" };

/**
 * Keeps what became of a mail. Events come in any order and more than once, and leave the same behind; one
 * settles an unknown outcome, and none revives anybody: without a row in the ledger nothing changes.
 */
export async function recordEvent(deps: RecordEventDeps, event: MailEvent): Promise<RecordEventOutcome> {
  const noted = await deps.deliveries.noteEvent(event, event);
  if (!noted) return { status: "unknown-delivery" };
  if (noted === "proved" || tallied.has(event.type)) await recountPacket(deps, event);
  if (event.type === "rejected") deps.measures.note("DeliveriesFailed", 1);
  if (event.type === "not-rendered") deps.measures.note("MailsNotRendered", 1);
  if (event.type === "bounced") await stopWriting(deps, event, "bounce");
  if (event.type === "complained") await stopWriting(deps, event, "complaint");
  if (event.type === "soft-bounced" && (await isPresent(deps, event)))
    await countSoftBounce(deps, event.subscriberId, event.at);
  return { status: "recorded" };
}

/** To the reader of this mail; or only to the address that it went to, if that is no longer theirs. */
async function stopWriting(deps: RecordEventDeps, event: MailEvent, reason: "bounce" | "complaint") {
  if (await isPresent(deps, event)) await suppress(deps, event.subscriberId, reason, event.at);
  else await suppressAddress(deps, event.to, reason, event.at);
}

async function isPresent(
  { subscribers }: RecordEventDeps,
  { subscriberId, to }: MailEvent,
): Promise<boolean> {
  const subscriber = await subscribers.load(subscriberId);
  return subscriber !== undefined && wroteTo(subscriber, to);
}
