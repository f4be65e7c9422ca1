import type { SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../../adapters/connect.ts";
import { ssmKeys } from "../../../adapters/ssm/keys.ts";
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

  it.each([
    ["a secret of a webhook that is too short", { demo: ["whsec_c2hvcnQ="] }],
    ["a secret without its prefix", { demo: [Buffer.alloc(32, 1).toString("base64")] }],
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
