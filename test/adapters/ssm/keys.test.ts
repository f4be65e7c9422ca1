import type { SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../../adapters/connect.ts";
import { isSourceSecret, parseKeyRing, ssmKeys } from "../../../adapters/ssm/keys.ts";
import { checkToken } from "../../../core/token/check-token.ts";
import { keyRing } from "../../helpers/keys.ts";
import { startService, type TestService } from "../../helpers/service.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe("the keys", () => {
  it("are read from their parameter, and once for many", async () => {
    const [one, other] = await Promise.all([service.deps.keys.ring(), service.deps.keys.ring()]);
    expect(one).toBe(other);
    expect(one.tokens[0]?.kid).toBe("k1");
  });

  it("are read again after five minutes, so that a new key is picked up", async () => {
    const before = await service.deps.keys.ring();
    service.clock.pass(301);
    expect(await service.deps.keys.ring()).not.toBe(before);
  });

  it("are read again sooner for whoever needs them fresh, and no sooner for the others", async () => {
    const before = await service.deps.keys.ring();
    service.clock.pass(21);
    expect(await service.deps.keys.ring()).toBe(before);
    const fresh = await service.deps.keys.ring(20);
    expect(fresh).not.toBe(before);
    expect(await service.deps.keys.ring(20)).toBe(fresh);
  });

  it("hold secrets of both kinds: of Standard Webhooks, and text", () => {
    const demo = [`whsec_${Buffer.alloc(24, 1).toString("base64")}`];
    const webhooks = {
      demo,
      typeform: ["4f1d8e2c9ab3740155aa"],
      tally: ["0b9f3ad2-7f5e-4d0a-9b1c-2f7d54a1c9e0"],
    };
    expect(parseKeyRing(JSON.stringify({ ...keyRing, webhooks })).webhooks).toEqual(webhooks);
    expect(isSourceSecret("standard", demo[0] ?? "")).toBe(true);
    expect(isSourceSecret("standard", webhooks.typeform[0] ?? "")).toBe(false);
    expect(isSourceSecret("hmac", webhooks.typeform[0] ?? "")).toBe(true);
  });

  it.each([
    ["a secret of a webhook that is too short", { demo: ["whsec_c2hvcnQ="] }],
    ["a secret of a webhook that is no base64", { demo: [`whsec_${"!".repeat(44)}`] }],
    ["a text for a secret that is too short", { demo: ["AQEBAQEBAQEBAQE"] }],
    ["a text for a secret with a space in it", { demo: [`AQEB ${"x".repeat(40)}`] }],
    ["a source that is no name", { "a/b": [] }],
  ])("with %s are refused, and the message quotes none of it", async (_, webhooks) => {
    const Value = JSON.stringify({ ...(await service.deps.keys.ring()), webhooks });
    const client = { send: async () => ({ Parameter: { Value } }) } as unknown as SSMClient;
    const failure = await ssmKeys(client, "/keys", () => 0)
      .ring()
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "keys.unavailable" });
    expect(String(failure)).not.toMatch(/whsec|AQEB/);
  });

  it("that are not there are a failure that names the parameter", async () => {
    const deps = connect({ ...service.environment, KEYS_PARAMETER: "/elsewhere" });
    await expect(deps.keys.ring()).rejects.toMatchObject({
      code: "keys.unavailable",
      message: expect.stringContaining("/elsewhere"),
    });
  });
});

describe("the keys, while they cannot be read", () => {
  /** A parameter store that can be switched off, the keys over it, and how often they were asked for. */
  function store() {
    const state = { seconds: 0, reads: 0, isDown: false };
    const send = async () => {
      state.reads++;
      if (state.isDown) throw new Error("no answer");
      return { Parameter: { Value: JSON.stringify(keyRing) } };
    };
    const keys = ssmKeys({ send } as unknown as SSMClient, "/keys", () => state.seconds * 1000);
    return { state, keys };
  }

  it("are those that were read last, for an hour", async () => {
    const { state, keys } = store();
    const ring = await keys.ring();
    state.isDown = true;
    for (const seconds of [301, 1800, 3600]) {
      state.seconds = seconds;
      expect(await keys.ring()).toBe(ring);
    }
    state.seconds = 3601;
    await expect(keys.ring()).rejects.toMatchObject({ code: "keys.unavailable" });
    state.isDown = false;
    expect(await keys.ring()).toEqual(ring);
  });

  it("fail for whoever needs them fresh, which takes them from nobody else", async () => {
    const { state, keys } = store();
    const ring = await keys.ring();
    state.isDown = true;
    state.seconds = 60;
    const [fresh, usual] = await Promise.allSettled([keys.ring(30), keys.ring()]);
    expect(fresh).toMatchObject({ status: "rejected", reason: { code: "keys.unavailable" } });
    expect(usual).toEqual({ status: "fulfilled", value: ring });
    expect(await keys.ring()).toBe(ring);
  });

  it.each([
    ["are there", false],
    ["are away", true],
  ])(
    "cost one read in 30 seconds while they %s, however many tokens name a key that is none",
    async (_, isDown) => {
      const { state, keys } = store();
      await keys.ring();
      state.isDown = isDown;
      state.reads = 0;
      for (let n = 0; n < 290; n++) {
        state.seconds++;
        const checks = [1, 2].map((m) =>
          checkToken(keys, "unsubscribe", `x${n}.${m}.records..A`, "2027-03-01T12:00:00.000Z"),
        );
        for (const check of await Promise.allSettled(checks))
          if (check.status === "fulfilled") expect(check.value).toEqual({ status: "forged" });
      }
      expect(state.reads).toBeGreaterThan(5);
      expect(state.reads).toBeLessThanOrEqual(Math.ceil(290 / 30));
    },
  );

  it("are not read for a token that a known key should have made", async () => {
    const { state, keys } = store();
    await keys.ring();
    state.seconds = 200;
    const forged = "k1.sub_1.records..AAAAAAAAAAAAAAAAAAAAAA";
    expect(await checkToken(keys, "unsubscribe", forged, "2027-03-01T12:00:00.000Z")).toEqual({
      status: "forged",
    });
    expect(state.reads).toBe(1);
  });
});
