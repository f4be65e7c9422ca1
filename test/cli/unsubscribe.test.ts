import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashAddress, parseAddress } from "../../core/subscriber/address.ts";
import { signToken } from "../../core/token/token.ts";
import { subscriber } from "../helpers/subscribers.ts";
import { type OperatorService, startOperatorService } from "./operator-service.ts";

const now = "2027-03-12T23:00:00.000Z";
const joined = { state: "joined" as const, run: 1, since: "2027-03-01T12:00:00.000Z" };
const lists = { records: joined, digest: joined, reminders: { ...joined, state: "wanted" as const, run: 0 } };

let operator: OperatorService;
beforeAll(async () => {
  operator = await startOperatorService(now);
});
afterAll(() => operator.stop());

async function reader(id: string): Promise<{ token: string }> {
  const { deps } = operator.service;
  await deps.subscribers.create(subscriber({ id, lists }));
  const ring = await deps.keys.ring();
  return { token: signToken(ring, { purpose: "unsubscribe", subscriberId: id, list: "records" }) };
}

async function left(id: string): Promise<string[]> {
  const { lists = {} } = (await operator.service.deps.subscribers.load(id)) ?? {};
  return Object.entries(lists).flatMap(([name, { state }]) => (state === "left" ? [name] : []));
}

const run = (...args: string[]) => operator.run("unsubscribe", ...args);

describe("stepletter unsubscribe", () => {
  it("takes the subject of a mail, or the token in it, and leaves the list that it names", async () => {
    const first = await reader("sub_subject");
    const { code, stdout, stderr } = await run("Re: unsubscribe", first.token);
    expect([code, stdout, stderr]).toEqual([0, "sub_subject has left records.\n", ""]);
    expect(await left("sub_subject")).toEqual(["records"]);
    const second = await reader("sub_token");
    expect(await operator.json("unsubscribe", second.token)).toEqual({ id: "sub_token", left: ["records"] });
    expect((await run(second.token)).stdout).toBe(
      "sub_token is not on records: there is nothing to leave.\n",
    );
  });

  it("leaves all lists by a token when told so, or another one", async () => {
    const { token } = await reader("sub_all");
    expect((await run(token, "--list", "digest")).stdout).toBe("sub_all has left digest.\n");
    expect((await run(token, "--all")).stdout).toBe("sub_all has left records, reminders.\n");
    expect(await left("sub_all")).toEqual(["records", "digest", "reminders"]);
  });

  it("takes an address, whose owner leaves all lists, and says nothing of it", async () => {
    const { deps } = operator.service;
    const { hash } = await deps.keys.ring();
    await reader("sub_ada");
    const { key = "" } = parseAddress("ada@example.com") ?? {};
    await deps.addresses.claim(hashAddress(hash, key), "sub_ada");
    const { code, stdout } = await run("Ada@Example.com");
    expect([code, stdout]).toEqual([0, "sub_ada has left digest, records, reminders.\n"]);
    expect((await run("ada@example.com")).stdout).toBe("sub_ada is on no list: there is nothing to leave.\n");
  });

  it("takes an address for an address, however many dots it has", async () => {
    const { deps } = operator.service;
    const { hash } = await deps.keys.ring();
    const address = "anna.maria.de.la.cruz@example.org";
    await reader("sub_anna");
    await deps.addresses.claim(hashAddress(hash, address), "sub_anna");
    const { code, stdout } = await run(` ${address}`);
    expect([code, stdout]).toEqual([0, "sub_anna has left digest, records, reminders.\n"]);
  });

  it.each([
    ["an address that nobody has", ["nobody@example.com"], 1, "subscriber.missing"],
    ["an id that nobody has", ["sub_nobody"], 1, "subscriber.missing"],
    ["a token that is not ours", ["k1.sub_1.records..AAAAAAAAAAAAAAAAAAAAAA"], 1, "token.forged"],
    ["what is no address", ["ada@"], 2, "usage"],
    ["one list and all", ["sub_ada", "--list", "digest", "--all"], 2, "usage"],
  ])("refuses %s", async (_, args, exitCode, code) => {
    const { code: exited, stderr } = await run(...args, "--json");
    expect([exited, JSON.parse(stderr).code]).toEqual([exitCode, code]);
  });
});
