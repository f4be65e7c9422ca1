import * as z from "zod";
import type { Instant } from "../time/instant.ts";
import { Stop } from "./stop.ts";

/**
 * Whether mail may go, for the account as a whole. The row names the table that it was written for: a copy that
 * was restored from a backup finds another name in it than its own, and so begins with sending held.
 */
export const SendingState = z.object({
  table: z.string(),
  /** Since when an operator holds all sending. */
  heldAt: z.string().optional(),
  /** When this copy of another table was first seen. */
  copyNoticedAt: z.string().optional(),
  /**
   * Planned up to here, a mail may have gone out in a past that this copy does not know: it is settled as
   * `unknown` instead of sent.
   */
  doubtUntil: z.string().optional(),
  /** What SES refuses to everybody. */
  stop: Stop.optional(),
});
export type SendingState = z.infer<typeof SendingState>;

/** Why nothing may be sent from this table now; undefined if mail may go. */
export function whyHeld(state: SendingState | undefined, table: string): "held" | "restored" | undefined {
  if (!state) return undefined;
  if (state.table !== table) return "restored";
  return state.heldAt ? "held" : undefined;
}

/** Whether a mail planned for this instant may have gone out already, before a backup was restored. */
export function isInDoubt(state: SendingState | undefined, plannedAt: Instant): boolean {
  return state?.doubtUntil !== undefined && plannedAt <= state.doubtUntil;
}
