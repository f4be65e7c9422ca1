import { randomBytes } from "node:crypto";
import type { KeyRing } from "../token/token.ts";

/** The secrets of a source, newest first; none if it has none. */
export function secretsOf({ webhooks = {} }: KeyRing, name: string): string[] {
  return Object.hasOwn(webhooks, name) ? (webhooks[name] ?? []) : [];
}

/** A secret as Standard Webhooks write one; those that sign in another way take it as the text that it is. */
export function newSourceSecret(kind: "standard" | "hmac"): string {
  const bytes = randomBytes(32);
  return kind === "standard" ? `whsec_${bytes.toString("base64")}` : bytes.toString("hex");
}

/** The ring with a secret of a source in front of those that it has; once, however often it is put there. */
export function addSourceSecret(ring: KeyRing, name: string, secret: string): KeyRing {
  const others = secretsOf(ring, name).filter((known) => known !== secret);
  return { ...ring, webhooks: { ...ring.webhooks, [name]: [secret, ...others] } };
}

/** The ring where of a source's secrets only the newest is good. */
export function dropOldSecrets(ring: KeyRing, name: string): KeyRing {
  return { ...ring, webhooks: { ...ring.webhooks, [name]: secretsOf(ring, name).slice(0, 1) } };
}

/** The ring without a source. */
export function removeSourceSecrets(ring: KeyRing, name: string): KeyRing {
  const { [name]: _, ...webhooks } = ring.webhooks ?? {};
  return { ...ring, webhooks };
}
