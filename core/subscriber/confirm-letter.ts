import type { Eligibility, Letter } from "../delivery/letter.ts";
import type { Mailing } from "../delivery/mailing.ts";
import { addDays, type Instant } from "../time/instant.ts";
import { type KeyRing, signToken } from "../token/token.ts";
import { listsIn, type Subscriber, statusOf } from "./subscriber.ts";

/** A confirmation link lives this long, in days. */
const confirmDays = 7;

/** The mail of the double opt-in. */
export function confirmLetter(
  mailing: Mailing & { kind: "confirm" },
  context: { keys: KeyRing; publicUrl: string; now: Instant },
): Letter {
  const expiresAt = addDays(context.now, confirmDays);
  return {
    template: "confirm",
    values: {},
    eligibility: (subscriber) => mayConfirm(mailing, subscriber),
    personal: ({ id }) => {
      const token = signToken(context.keys, { purpose: "confirm", subscriberId: id, list: "all", expiresAt });
      return { confirmUrl: `${context.publicUrl}/confirm/${token}` };
    },
  };
}

function mayConfirm(mailing: Mailing & { kind: "confirm" }, subscriber: Subscriber): Eligibility {
  if (listsIn(subscriber, "wanted").length === 0) {
    return { may: "skip", reason: statusOf(subscriber) === "active" ? "already-confirmed" : "unsubscribed" };
  }
  const newest = subscriber.confirmationsAt.at(-1)?.slice(0, 10);
  return newest === mailing.date ? { may: "send" } : { may: "skip", reason: "superseded" };
}
