import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { suppress } from "../../core/subscriber/suppress.ts";
import { join } from "../helpers/walk.ts";
import { type AdminSite, startAdminSite } from "./subscribers/admin-site.ts";

let site: AdminSite;
beforeAll(async () => {
  site = await startAdminSite();
});
afterAll(() => site.stop());

const run = (...args: string[]) => site.run("suppressions", ...args);

describe("stepletter suppressions", () => {
  it("adds, lists and removes", async () => {
    expect((await run("list")).stdout).toBe("No address is suppressed.\n");
    const id = await join(site.service, "ada@example.com");
    expect(await run("add", "ada@example.com")).toEqual({
      code: 0,
      stderr: "",
      stdout: "The address is written to no more, here and at SES.\n",
    });
    expect((await run("add", "ada@example.com")).stdout).toBe(
      "The address is not written to since 2027-03-01 already: by an operator's word.\n",
    );
    await run("add", "stranger@example.com");
    const { stdout } = await run("list");
    expect(stdout).toMatch(/2027-03-01 │ by an operator's word │ ada@example\.com/);
    expect(stdout).toMatch(/by an operator's word │ unknown \([\w-]{8}…\)/);
    expect(stdout).toContain("2 addresses.");
    expect(JSON.parse((await run("list", "--json")).stdout).items).toContainEqual({
      ...{ id: expect.stringMatching(/^[\w-]{43}$/), reason: "manual", since: "2027-03-01T12:00:00.000Z" },
      ...{ subscriberId: id, address: "ada@example.com" },
    });
    expect((await run("remove", "ada@example.com")).stdout).toBe(
      "The address may be written to again: it was suppressed by an operator's word.\n",
    );
    expect(await run("remove", "ada@example.com")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("on no list"),
    });
  });

  it("wants a reason for lifting a complaint", async () => {
    const id = await join(site.service, "bob@example.com");
    await suppress(site.service.deps, id, "complaint");
    expect(await run("remove", "bob@example.com")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("  --reason: They complained"),
    });
    const lifted = await run("remove", "bob@example.com", "--reason", "Called us: a mistake", "--json");
    expect(JSON.parse(lifted.stdout)).toMatchObject({
      status: "removed",
      was: "complaint",
      subscriberId: id,
    });
    expect(await run("add", "bob")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("  <address>: Enter"),
    });
    expect((await run("remove", "--help")).stdout).toContain("Examples:");
  });
});
