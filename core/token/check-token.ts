import type { Keys } from "../ports.ts";
import type { Instant } from "../time/instant.ts";
import { type TokenCheck, type TokenPurpose, verifyToken } from "./token.ts";

/** How old the keys may be before a token of a key that is not among them is forged: its key may be new. */
const freshKeysSeconds = 30;

/**
 * Checks a token for one purpose by the keys of the service. One that was signed by a new key is good at once, also where
 * the keys were read before that key was made.
 */
export async function checkToken(
  keys: Keys,
  purpose: TokenPurpose,
  token: string,
  now: Instant,
): Promise<TokenCheck> {
  const ring = await keys.ring();
  const [kid] = token.split(".", 1);
  const known = ring.tokens.some((key) => key.kid === kid);
  return verifyToken(known ? ring : await keys.ring(freshKeysSeconds), purpose, token, now);
}
