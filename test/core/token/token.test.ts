import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signToken, verifyToken } from "../../../core/token/token.ts";
import { keyRing } from "../../helpers/keys.ts";

const now = "2027-03-01T12:00:00.000Z";
const claims = { purpose: "unsubscribe", subscriberId: "sub_1", list: "records" } as const;
const ids = fc.stringMatching(/^sub_[a-z0-9]{1,26}$/);
const lists = fc.stringMatching(/^[a-z][a-z0-9-]{0,40}$/);

describe("a token", () => {
  it("round-trips whatever subscriber and list it names", () => {
    fc.assert(
      fc.property(ids, lists, (subscriberId, list) => {
        const token = signToken(keyRing, { purpose: "unsubscribe", subscriberId, list });
        expect(verifyToken(keyRing, "unsubscribe", token, now)).toEqual({
          status: "valid",
          subscriberId,
          list,
        });
        expect(token).toMatch(/^[\w.-]+$/);
      }),
    );
  });

  it("fails when any one character is another", () => {
    const token = signToken(keyRing, { ...claims, expiresAt: "2027-03-08T12:00:00.000Z" });
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.integer({ min: 33, max: 126 }), (at, code) => {
        const flipped = token.slice(0, at) + String.fromCharCode(code) + token.slice(at + 1);
        fc.pre(flipped !== token);
        expect(verifyToken(keyRing, "unsubscribe", flipped, now).status).toBe("forged");
      }),
      { numRuns: 1000 },
    );
  });

  it("fails when cut anywhere", () => {
    const token = signToken(keyRing, claims);
    for (let length = 0; length < token.length; length++) {
      expect(verifyToken(keyRing, "unsubscribe", token.slice(0, length), now).status).toBe("forged");
    }
  });

  it("is worthless for another purpose", () => {
    expect(verifyToken(keyRing, "confirm", signToken(keyRing, claims), now).status).toBe("forged");
  });

  it("expires at its instant, not before", () => {
    const token = signToken(keyRing, { ...claims, purpose: "confirm", expiresAt: now });
    expect(verifyToken(keyRing, "confirm", token, "2027-03-01T11:59:59.999Z").status).toBe("valid");
    expect(verifyToken(keyRing, "confirm", token, now).status).toBe("expired");
  });

  it("without an expiry is good for ever", () => {
    expect(
      verifyToken(keyRing, "unsubscribe", signToken(keyRing, claims), "2099-01-01T00:00:00.000Z").status,
    ).toBe("valid");
  });

  it("of an older key is still good after a rotation", () => {
    const newKey = { kid: "k2", secret: Buffer.alloc(32, 9).toString("base64url") };
    const rotated = { ...keyRing, tokens: [newKey, ...keyRing.tokens] };
    expect(verifyToken(rotated, "unsubscribe", signToken(keyRing, claims), now).status).toBe("valid");
    expect(signToken(rotated, claims)).toMatch(/^k2\./);
  });

  it("of a key that was taken out of the ring is forged", () => {
    const other = { ...keyRing, tokens: [{ kid: "k1", secret: Buffer.alloc(32, 9).toString("base64url") }] };
    expect(verifyToken(other, "unsubscribe", signToken(keyRing, claims), now).status).toBe("forged");
  });
});
