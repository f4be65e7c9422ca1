import type { KeyRing } from "../../core/token/token.ts";

/** Keys of tests; worth nothing anywhere else. */
export const keyRing: KeyRing = {
  hash: Buffer.alloc(32, 1).toString("base64url"),
  tokens: [{ kid: "k1", secret: Buffer.alloc(32, 2).toString("base64url") }],
};
