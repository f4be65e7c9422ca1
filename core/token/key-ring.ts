import { randomBytes } from "node:crypto";
import type { KeyRing } from "./token.ts";

/** A ring for a service that has none: a key that hashes addresses, never changed again, and one that signs. */
export function newKeyRing(): KeyRing {
  return { hash: newSecret(), tokens: [{ kid: "k1", secret: newSecret() }] };
}

/** The ring with a new key in front, which signs from now on; the others go on verifying what they signed. */
export function addTokenKey(ring: KeyRing): KeyRing {
  const taken = new Set(ring.tokens.map(({ kid }) => kid));
  let number = ring.tokens.length + 1;
  while (taken.has(`k${number}`)) number++;
  return { ...ring, tokens: [{ kid: `k${number}`, secret: newSecret() }, ...ring.tokens] };
}

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}
