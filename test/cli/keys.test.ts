import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handler as admin } from "../../functions/admin/handler.ts";
import { type Gateway, startGateway } from "../../local/gateway.ts";
import { adminKey, callApi } from "../helpers/campaigns.ts";
import { context } from "../helpers/events.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { runCli } from "./run-cli.ts";

let service: TestService;
let gateway: Gateway;
let environment: Record<string, string>;
beforeAll(async () => {
  service = await startService();
  gateway = await startGateway({
    port: 0,
    clock: service.clock,
    invoke: (event) => admin.with(service.depsOf("admin"))(event as never, context) as never,
    report: (error) => console.error(error),
  });
  environment = { STEPLETTER_URL: gateway.url, STEPLETTER_KEY: await adminKey(service) };
});
afterAll(async () => {
  await gateway.close();
  await service.stop();
});
const keys = (...args: string[]) => runCli(["keys", ...args], environment);

describe("stepletter keys", () => {
  it("makes a key with some scopes, lists it by its id, and revokes it", async () => {
    const made = await keys("create", "--name", "CI", "--scope", "feeds:read", "courses:read", "--json");
    expect(made).toMatchObject({ code: 0, stderr: "" });
    const { key, id } = JSON.parse(made.stdout) as { key: string; id: string };
    expect((await callApi(service, { path: "/v1/courses", key })).status).toBe(200);
    expect((await callApi(service, { path: "/v1/campaigns", key })).status).toBe(403);

    const listed = await keys("list");
    expect(listed.stdout).toMatch(
      new RegExp(`${id} +│ CI +│ feeds:read, courses:read +│ 2027-03-01 │ owner`),
    );
    expect(listed.stdout).toMatch(/owner +│ owner/);
    expect(listed.stdout).not.toContain("slk_");
    expect((await keys("revoke", id)).stdout).toBe(
      `The key ${id} is revoked: from now on nothing answers to it.\n`,
    );
    expect((await callApi(service, { path: "/v1/courses", key })).status).toBe(401);
    expect(await keys("revoke", id)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("no key with this id"),
    });
  });

  it("makes a viewer's key, and gives nobody more than the key that asks has", async () => {
    const made = await keys("create", "--name", "Ben", "--role", "viewer");
    const [viewer = ""] = /slk_[\w-]{43}/.exec(made.stdout) ?? [];
    expect(made.stdout).toContain(`export STEPLETTER_KEY=${viewer}`);
    const refused = await runCli(["keys", "create", "--name", "x", "--role", "owner"], {
      ...environment,
      STEPLETTER_KEY: viewer,
    });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("lacks the scope keys:write") });
    const wrong = await keys("create", "--name", "x", "--scope", "everything");
    expect(wrong).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--scope: Choose of: subscribers:read"),
    });
  });

  it("leaves the last key that can make keys", async () => {
    const { items } = JSON.parse((await keys("list", "--json")).stdout) as {
      items: { id: string; name: string }[];
    };
    const own = items.find(({ name }) => name === "owner")?.id ?? "";
    expect(await keys("revoke", own)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("Make another one"),
    });
  });
});
