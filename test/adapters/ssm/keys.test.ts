import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect } from "../../../adapters/connect.ts";
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

  it("that are not there are a failure that names the parameter", async () => {
    const deps = connect({ ...service.environment, KEYS_PARAMETER: "/elsewhere" });
    await expect(deps.keys.ring()).rejects.toMatchObject({
      code: "keys.unavailable",
      message: expect.stringContaining("/elsewhere"),
    });
  });
});
