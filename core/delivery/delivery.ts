import * as z from "zod";

/** What can be the matter with a delivery. */
export const deliveryStates = ["sending", "released", "sent", "failed", "skipped", "unknown"] as const;

/**
 * One mail to one subscriber: a row of the ledger. `sending` is claimed by an owner; `released` was provably
 * not sent and may be claimed again; the others are final, save that evidence turns `unknown` into `sent`.
 */
export const Delivery = z.object({
  subscriberId: z.string(),
  mailing: z.string(),
  state: z.enum(deliveryStates),
  /** `PACKET.LEASE` of the worker that claimed it. */
  owner: z.string(),
  attempt: z.number(),
  claimedAt: z.string(),
  settledAt: z.string().optional(),
  messageId: z.string().optional(),
  /** An event has proved it, of which the outcome was unknown. */
  proved: z.literal(true).exactOptional(),
  /** Why it was skipped, failed or is unknown. */
  reason: z.string().optional(),
  dueAt: z.string().optional(),
  /** SES events seen, by type, each with its first instant. */
  events: z.record(z.string(), z.string()).optional(),
});
export type Delivery = z.infer<typeof Delivery>;
export type DeliveryState = Delivery["state"];
export type DeliveryKey = Pick<Delivery, "subscriberId" | "mailing">;

/** A delivery's id: a pure function of mailing and subscriber. */
export function deliveryKey({ subscriberId, mailing }: DeliveryKey): string {
  return `${subscriberId} ${mailing}`;
}

/** How a claimed delivery ended. */
export type Settlement =
  | { state: "sent"; messageId: string }
  | { state: "failed"; reason: string }
  | { state: "skipped"; reason: SkipReason }
  /** `moved` when another packet holds this recipient now. */
  | { state: "released"; reason?: "moved" }
  | { state: "unknown"; reason: string; dueAt: string };

/** Why a mail was rightly not sent. */
export type SkipReason =
  | "unsubscribed"
  | "suppressed"
  | "unconfirmed"
  | "already-confirmed"
  | "superseded"
  | "late"
  | "withdrawn"
  | "paused"
  | "done"
  | "nothing-new"
  | "cancelled"
  | "gone";

/** What the due index tells of a delivery whose outcome is unknown. */
export type DueUnknown = DeliveryKey & { attempt: number; dueAt: string };
