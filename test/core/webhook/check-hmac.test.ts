import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jmesPath } from "../../../adapters/jmespath.ts";
import { presets } from "../../../core/source/presets.ts";
import type { HmacCheck } from "../../../core/source/source.ts";
import { addMinutes } from "../../../core/time/instant.ts";
import { checkHmac, signHmac } from "../../../core/webhook/check-hmac.ts";
import type { Call } from "../../../core/webhook/webhook-ports.ts";

const now = "2027-03-01T12:00:00.000Z";
const secret = "a-secret-of-typeform";
const other = "another-secret-of-it";
const { hmac } = presets.typeform;
const hour = 60;

const check = (call: Call, secrets = [secret], by: HmacCheck = hmac) =>
  checkHmac(jmesPath, { hmac: by, secrets }, call, now);

describe("a call that a provider signed in its own way", () => {
  it("carries the HMAC-SHA256 of its text, as RFC 4231 has it in its second test case", () => {
    const plain: HmacCheck = { ...hmac, prefix: "", encoding: "hex" };
    expect(signHmac(plain, "Jefe", { headers: {}, body: "what do ya want for nothing?" })).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });

  it("of Typeform is genuine as Typeform tells how to check it", () => {
    const { body } = signed();
    const digest = createHmac("sha256", secret).update(body).digest("base64");
    const call = { source: "typeform", body, headers: { "typeform-signature": `sha256=${digest}` } };
    expect(check(call)).toMatchObject({ status: "genuine", id: "01HEVENT" });
  });

  it("of Tally is genuine as Tally tells how to check it", () => {
    const body = JSON.stringify({ eventId: "e-1", eventType: "FORM_RESPONSE", createdAt: now });
    const digest = createHmac("sha256", secret)
      .update(JSON.stringify(JSON.parse(body)))
      .digest("base64");
    const call = { source: "tally", body, headers: { "tally-signature": digest } };
    expect(check(call, [secret], presets.tally.hmac)).toMatchObject({ status: "genuine", id: "e-1" });
  });

  it("is genuine by any of several secrets", () => {
    expect(check(signed(), [other, secret]).status).toBe("genuine");
    expect(check(signed(), [other]).status).toBe("forged");
    expect(check(signed(), []).status).toBe("forged");
  });

  it("is genuine by what stands in headers too, and forged without them or with others", () => {
    const by: HmacCheck = { ...hmac, signs: "{header:X-Time}.{body}", encoding: "hex" };
    const headers = { "x-time": "1804000000" };
    const signature = signHmac(by, secret, { headers, body: signed().body }) ?? "";
    const call = { ...signed(), headers: { ...headers, "typeform-signature": signature } };
    expect(check(call, [secret], by).status).toBe("genuine");
    expect(check({ ...call, headers: { ...call.headers, "x-time": "1" } }, [secret], by).status).toBe(
      "forged",
    );
    const without = { "typeform-signature": signature };
    expect(check({ ...call, headers: without }, [secret], by).status).toBe("forged");
  });

  it.each<[string, Record<string, string>]>([
    ["no signature", {}],
    ["an empty one", { "typeform-signature": "" }],
    ["the prefix alone", { "typeform-signature": "sha256=" }],
    ["no prefix", { "typeform-signature": signatureOf().slice("sha256=".length) }],
    ["one cut short", { "typeform-signature": signatureOf().slice(0, -1) }],
    ["another encoding", { "typeform-signature": Buffer.from(signatureOf(), "base64").toString("hex") }],
  ])("with %s is forged", (_, headers) => {
    expect(check({ ...signed(), headers })).toEqual({ status: "forged" });
  });

  it("with one byte of its body changed is forged, whatever byte it is", () => {
    const call = signed();
    const bytes = Buffer.from(call.body);
    const change = fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.integer({ min: 1, max: 127 }));
    fc.assert(
      fc.property(change, ([at, mask]) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ mask;
        expect(check({ ...call, body: changed.toString("utf8") })).toEqual({ status: "forged" });
      }),
    );
  });
});

describe("when it was sent, a payload says itself", () => {
  it.each([
    [0, "genuine"],
    [-72 * hour, "genuine"],
    [-72 * hour - 0.05, "stale"],
    [5, "genuine"],
    [5.05, "stale"],
  ])("%d minutes from now: %s", (minutes, status) => {
    expect(check(signed({ submitted_at: addMinutes(now, minutes) })).status).toBe(status);
  });

  it.each([
    ["without milliseconds", "2027-03-01T11:00:00Z"],
    ["by another zone", "2027-03-01T23:00:00+12:00"],
    ["in seconds", 1803902400],
    ["in seconds, as text", "1803902400"],
  ])("%s", (_, at) => {
    expect(check(signed({ submitted_at: at })).status).toBe("genuine");
  });

  it.each([
    ["not at all", undefined],
    ["as nothing", null],
    ["without a zone, which might be any", "2027-03-01T12:00:00"],
    ["as a date alone", "2027-03-01"],
    ["as a day that there is not", "2027-13-45T12:00:00Z"],
    ["in words", "now"],
    ["as a list", [now]],
  ])("%s: unreadable", (_, at) => {
    expect(check(signed({ submitted_at: at }))).toEqual({
      status: "unreadable",
      reason: "there is no time at form_response.submitted_at",
    });
  });

  it.each([undefined, "", " ", "a b", "x".repeat(257), {}, ["id"]])(
    "without an id is unreadable: %j",
    (id) => {
      const body = JSON.stringify({ event_id: id, form_response: { submitted_at: now } });
      expect(check(sign(body))).toEqual({ status: "unreadable", reason: "there is no id at event_id" });
    },
  );

  it("what is signed and no JSON is unreadable", () => {
    expect(check(sign("hello"))).toMatchObject({ status: "unreadable" });
    expect(check(sign("null"))).toMatchObject({ status: "unreadable" });
  });
});

function signed({ submitted_at }: { submitted_at?: unknown } = { submitted_at: now }): Call {
  return sign(JSON.stringify({ event_id: "01HEVENT", form_response: { submitted_at } }));
}

function sign(body: string): Call {
  return { source: "typeform", body, headers: { "typeform-signature": signatureOf(body) } };
}

function signatureOf(body = "{}"): string {
  return signHmac(hmac, secret, { headers: {}, body }) ?? "";
}
