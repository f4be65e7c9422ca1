import { createHmac, timingSafeEqual } from "node:crypto";
import type { Instant } from "../time/instant.ts";
import { toInstant, toMilliseconds } from "../time/instant.ts";

/** What a token may be used for; a token of one purpose is worthless for any other. */
export type TokenPurpose =
  | "confirm"
  | "unsubscribe"
  | "progress"
  /** One hour: takes out, erases or moves one's data. Only ever mailed on request, to the address on file. */
  | "account"
  /** Confirms a new address, at that address. */
  | "address"
  /** When a signup form was opened; of no subscriber. */
  | "form";

/**
 * Keys that sign tokens, newest first: the first signs, all verify. `hash` keys address hashes, never rotated.
 * `webhooks` are the secrets by which sites sign their calls, `whsec_…`, by source; each of a source's is good.
 */
export interface KeyRing {
  hash: string;
  tokens: { kid: string; secret: string }[];
  webhooks?: Record<string, string[]>;
}

/** What a token says. An unsubscribe or progress token never expires. */
export interface TokenClaims {
  purpose: TokenPurpose;
  subscriberId: string;
  list: string;
  expiresAt?: Instant;
}

export type TokenCheck =
  | { status: "valid" | "expired"; subscriberId: string; list: string; expiresAt?: Instant }
  | { status: "forged" };

/** Signs `kid.subscriber.list.expiry.tag`; every part stands in a URL as it is. */
export function signToken(keys: KeyRing, claims: TokenClaims): string {
  const [key] = keys.tokens;
  if (!key) throw new Error("The key ring has no token key to sign with");
  const expiry = claims.expiresAt ? toMilliseconds(claims.expiresAt).toString(36) : "";
  const parts = [key.kid, claims.subscriberId, claims.list, expiry];
  return [...parts, tagOf(key.secret, claims.purpose, parts)].join(".");
}

/** Checks a token for one purpose. Anything not signed by us for that purpose is `forged`, whatever its shape. */
export function verifyToken(keys: KeyRing, purpose: TokenPurpose, token: string, now: Instant): TokenCheck {
  const [kid, subscriberId, list, expiry, tag, ...rest] = token.split(".");
  const key = keys.tokens.find((candidate) => candidate.kid === kid);
  if (!key || !subscriberId || list === undefined || expiry === undefined || !tag || rest.length > 0) {
    return { status: "forged" };
  }
  const expected = Buffer.from(tagOf(key.secret, purpose, [key.kid, subscriberId, list, expiry]));
  const given = Buffer.from(tag);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { status: "forged" };
  if (expiry === "") return { status: "valid", subscriberId, list };
  const expiresAt = toInstant(Number.parseInt(expiry, 36));
  return { status: expiresAt <= now ? "expired" : "valid", subscriberId, list, expiresAt };
}

/** 132 bits of HMAC-SHA256, in 22 letters. */
function tagOf(secret: string, purpose: TokenPurpose, parts: string[]): string {
  const signed = JSON.stringify(["stepletter.token.1", purpose, ...parts]);
  return createHmac("sha256", Buffer.from(secret, "base64url"))
    .update(signed)
    .digest("base64url")
    .slice(0, 22);
}
