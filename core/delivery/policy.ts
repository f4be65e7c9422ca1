import type { MailingKind } from "./mailing.ts";
import type { Lane } from "./packet.ts";

/** How a class of mail is treated. */
export interface Policy {
  lane: Lane;
  /**
   * A delivery whose outcome no event has told within 15 minutes: `stays` unknown, counted and shown, or goes
   * `once-more`, because missing it would lock the reader out or cost them their date.
   */
  unknown: "stays" | "once-more";
}

export const policies: Record<MailingKind, Policy> = {
  confirm: { lane: "now", unknown: "once-more" },
  deadline: { lane: "now", unknown: "once-more" },
  access: { lane: "now", unknown: "stays" },
  address: { lane: "now", unknown: "stays" },
  test: { lane: "now", unknown: "stays" },
  nudge: { lane: "bulk", unknown: "stays" },
  course: { lane: "bulk", unknown: "stays" },
  digest: { lane: "bulk", unknown: "stays" },
  campaign: { lane: "bulk", unknown: "stays" },
};

/** How long SES's events have to settle an unknown outcome before its policy acts, in minutes. */
export const evidenceMinutes = 15;
/** How long a doorbell has to be answered before the packet is rung for again, in minutes: people wait for `now`. */
export const ringAgainMinutes: Record<Lane, number> = { now: 2, bulk: 15 };
