import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { addMinutes, toInstant } from "../../../core/time/instant.ts";
import { checkCall, type SignedCall } from "../../../core/webhook/check-call.ts";

const now = "2027-03-01T12:00:00.000Z";
const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const other = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
const body = '{"email":"zoë@example.com"}';

describe("a signed call", () => {
  it("of the vector that the libraries of Standard Webhooks test with is genuine", () => {
    const call: SignedCall = {
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      timestamp: "1614265330",
      signature: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
      body: '{"test": 2432232314}',
    };
    const secrets = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"];
    expect(checkCall(secrets, call, toInstant(1614265330_000))).toBe("genuine");
  });

  it("of that vector is genuine with the signatures around it that the libraries try, and with them alone it is not", () => {
    const wrong = "Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
    const call = (...signatures: string[]): SignedCall => ({
      id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
      timestamp: "1614265330",
      signature: signatures.join(" "),
      body: '{"test": 2432232314}',
    });
    const secrets = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"];
    const right = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    const at = (check: SignedCall, seconds = 1614265330) =>
      checkCall(secrets, check, toInstant(seconds * 1000));
    expect(at(call(`v1,${wrong}`, `v2,${wrong}`, right, `v1,${wrong}`))).toBe("genuine");
    expect(at(call(`v1,${wrong}`, `v2,${wrong}`))).toBe("forged");
    expect(at(call(right.replace("v1", "v2")))).toBe("forged");
    expect(at(call("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLawdd"))).toBe("forged");
    expect([at(call(right), 1614265631), at(call(right), 1614265029)]).toEqual(["stale", "stale"]);
  });

  it("is never genuine by a secret that is text: it would be taken for base64", () => {
    const bare = secret.slice("whsec_".length);
    expect(checkCall([secret], signed(), now)).toBe("genuine");
    expect(checkCall([bare], signed(), now)).toBe("forged");
  });

  it("is genuine by any of several secrets, and with any of several signatures", () => {
    const call = signed();
    expect(checkCall([other, secret], call, now)).toBe("genuine");
    const several = { ...call, signature: `v1,AAAA v1a,${"B".repeat(88)} ${call.signature}` };
    expect(checkCall([secret], several, now)).toBe("genuine");
  });

  it.each<[string, Partial<SignedCall>]>([
    ["no signature", { signature: "" }],
    ["a signature cut short", { signature: signed().signature.slice(0, -1) }],
    ["a signature of another version", { signature: signed().signature.replace("v1,", "v2,") }],
    ["a signature without its version", { signature: signed().signature.slice(3) }],
    ["another id", { id: "msg_2" }],
    ["no id", { id: "" }],
    ["another time", { timestamp: String(Date.parse(now) / 1000 + 1) }],
    ["a time with a tail", { timestamp: `${Date.parse(now) / 1000}.9` }],
    ["no time", { timestamp: "" }],
    ["a time that is no number", { timestamp: "now" }],
    ["another body", { body: body.replace("zoë", "zoe") }],
  ])("with %s is forged", (_, change) => {
    expect(checkCall([secret], { ...signed(), ...change }, now)).toBe("forged");
  });

  it("is forged by another secret, and where there is none", () => {
    expect(checkCall([other], signed(), now)).toBe("forged");
    expect(checkCall([], signed(), now)).toBe("forged");
  });

  it("whose id holds a dot is forged: what is signed could be parted in two ways", () => {
    expect(checkCall([secret], signed({ id: "msg.1" }), now)).toBe("forged");
  });

  it.each([
    [-5, "genuine"],
    [-5.05, "stale"],
    [5, "genuine"],
    [5.05, "stale"],
    [-1440, "stale"],
  ])("signed %d minutes from now is %s", (minutes, check) => {
    expect(checkCall([secret], signed({ at: addMinutes(now, minutes) }), now)).toBe(check);
  });

  it("with one byte of its body changed is forged, whatever byte it is", () => {
    const bytes = Buffer.from(body);
    const change = fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 127 }));
    fc.assert(
      fc.property(change, ([at, mask]) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ mask;
        expect(checkCall([secret], { ...signed(), body: changed.toString("utf8") }, now)).toBe("forged");
      }),
    );
  });
});

function signed({ id = "msg_1", at = now }: { id?: string; at?: string } = {}): SignedCall {
  const time = new Date(at);
  return {
    id,
    timestamp: String(Math.floor(time.getTime() / 1000)),
    signature: new Webhook(secret).sign(id, time, body),
    body,
  };
}
