import { Webhook } from "standardwebhooks";
import { addMinutes, type Instant, toInstant } from "../time/instant.ts";
import { sameSignature } from "./same-signature.ts";

/** A call as it arrived, signed as Standard Webhooks has it; a header that is missing is empty. */
export interface SignedCall {
  /** `webhook-id` */
  id: string;
  /** `webhook-timestamp`: seconds since the epoch. */
  timestamp: string;
  /** `webhook-signature`: one or more, each `v1,` and base64, with spaces between. */
  signature: string;
  body: string;
}

/** `stale` is one that was genuine at another time: too long ago, or not yet. */
export type CallCheck = "genuine" | "forged" | "stale";

const toleranceMinutes = 5;
/** Printable, and without the dot that parts what is signed. */
const idShape = /^[!-\-/-~]{1,256}$/;

/**
 * Checks a call: signed by any of the secrets, within five minutes of the calendar. The library signs here and
 * the comparison is ours, since its own `verify` judges the time by `Date.now()`, and this calendar may jump.
 */
export function checkCall(secrets: readonly string[], call: SignedCall, now: Instant): CallCheck {
  if (!idShape.test(call.id) || !/^\d{1,11}$/.test(call.timestamp)) return "forged";
  const at = new Date(Number(call.timestamp) * 1000);
  const given = call.signature.split(" ");
  // Any other text would be read as base64, and be another key than the one that was meant.
  const standard = secrets.filter((secret) => secret.startsWith("whsec_"));
  const matches = standard.flatMap((secret) => {
    const expected = new Webhook(secret).sign(call.id, at, call.body);
    return given.filter((signature) => sameSignature(signature, expected));
  });
  if (matches.length === 0) return "forged";
  const signedAt = toInstant(at.getTime());
  const early = signedAt < addMinutes(now, -toleranceMinutes);
  return early || signedAt > addMinutes(now, toleranceMinutes) ? "stale" : "genuine";
}
