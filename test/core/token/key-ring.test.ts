import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseKeyRing } from "../../../adapters/ssm/keys.ts";
import { addTokenKey, newKeyRing } from "../../../core/token/key-ring.ts";
import { type KeyRing, signToken, verifyToken } from "../../../core/token/token.ts";

const claims = { purpose: "unsubscribe", subscriberId: "sub_1", list: "digest" } as const;
const now = "2027-03-01T12:00:00.000Z";

describe("a key ring", () => {
  it("is made of secrets of its own, of 256 bits each", () => {
    const [one, other] = [newKeyRing(), newKeyRing()];
    const secrets = [one, other].flatMap((ring) => [ring.hash, ...ring.tokens.map(({ secret }) => secret)]);
    expect(new Set(secrets).size).toBe(4);
    for (const secret of secrets) expect(Buffer.from(secret, "base64url")).toHaveLength(32);
  });

  it("that is rotated signs with a key of its own, and verifies whatever it signed before", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.uniqueArray(fc.stringMatching(/^k?[0-9a-z]{1,7}$/), { maxLength: 5 }),
        (times, kids) => {
          const { hash, tokens } = newKeyRing();
          const others = kids
            .filter((kid) => kid !== "k1")
            .map((kid) => ({ kid, secret: newKeyRing().hash }));
          let ring: KeyRing = {
            hash,
            tokens: [...others, ...tokens],
            webhooks: { demo: [`whsec_${"A".repeat(43)}=`] },
          };
          const signed = [signToken(ring, claims)];
          for (let n = 0; n < times; n++) {
            ring = addTokenKey(ring);
            signed.push(signToken(ring, claims));
          }
          const read = parseKeyRing(JSON.stringify(ring));
          expect(read.hash).toBe(hash);
          expect(read.webhooks).toEqual({ demo: [`whsec_${"A".repeat(43)}=`] });
          expect(new Set(read.tokens.map(({ kid }) => kid)).size).toBe(read.tokens.length);
          expect(new Set(signed).size).toBe(signed.length);
          for (const token of signed)
            expect(verifyToken(read, "unsubscribe", token, now)).toMatchObject({ status: "valid" });
        },
      ),
    );
  });
});
