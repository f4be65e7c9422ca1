import { describe, expect, it } from "vitest";
import { type AdminKey, hashKey, newKey } from "../../../core/admin/admin-key.ts";
import type { AdminKeys } from "../../../core/admin/admin-ports.ts";
import { authorize } from "../../../core/admin/authorize.ts";
import { createFirstKey } from "../../../core/admin/create-first-key.ts";

const clock = { now: () => "2027-03-01T12:00:00.000Z", elapsed: () => 0, sleep: async () => {} };

/** Keys in memory, and the hash of the first. */
function memoryKeys() {
  const keys = new Map<string, AdminKey>();
  let first: string | undefined;
  const adminKeys: AdminKeys = {
    find: async (hash) => keys.get(hash),
    add: async (hash, key) => void keys.set(hash, key),
    firstMadeAt: async () => (first === undefined ? undefined : clock.now()),
    markFirst: async (hash) => {
      first ??= hash;
      return first === hash;
    },
  };
  return { keys, adminKeys };
}

describe("a key", () => {
  it("is random, and only its hash says which", () => {
    expect(newKey()).toMatch(/^slk_[\w-]{43}$/);
    expect(newKey()).not.toBe(newKey());
    expect(hashKey(newKey())).toMatch(/^[0-9a-f]{64}$/);
    expect(hashKey("slk_short")).toBeUndefined();
    expect(hashKey(`FIRST`)).toBeUndefined();
  });

  it("is made first once, even when two try at the same time", async () => {
    const { adminKeys, keys } = memoryKeys();
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => createFirstKey({ adminKeys, clock }, { name: "owner" })),
    );
    const made = outcomes.flatMap((outcome) => (outcome.status === "created" ? [outcome.key] : []));
    expect(made).toHaveLength(1);
    expect(keys.get(hashKey(made[0] ?? "") ?? "")).toEqual({
      name: "owner",
      role: "owner",
      createdAt: clock.now(),
    });
    const before = keys.size;
    expect(await createFirstKey({ adminKeys, clock }, { name: "owner" })).toEqual({
      status: "refused",
      firstMadeAt: clock.now(),
    });
    expect(keys.size).toBe(before);
  });
});

describe("who may do what", () => {
  const viewer = newKey();
  const owner = newKey();
  const { adminKeys, keys } = memoryKeys();
  for (const [key, role] of [
    [viewer, "viewer"],
    [owner, "owner"],
  ] as const) {
    keys.set(hashKey(key) ?? "", { name: role, role, createdAt: clock.now() });
  }

  it.each([
    ["an owner", `Bearer ${owner}`, true, "allowed"],
    ["an owner, oddly spelled", `bearer  ${owner} `, false, "allowed"],
    ["a viewer", `Bearer ${viewer}`, false, "allowed"],
    ["a viewer", `Bearer ${viewer}`, true, "viewer"],
    ["a key of nobody", `Bearer ${newKey()}`, false, "unknown"],
    ["another scheme", `Basic ${owner}`, false, "unknown"],
    ["a longer key", `Bearer ${owner}x`, false, "unknown"],
    ["no scheme", owner, false, "unknown"],
    ["no key", "Bearer", false, "unknown"],
    ["no header", undefined, false, "unknown"],
  ])("%s", async (_, header, changes, status) => {
    expect((await authorize({ adminKeys }, { header, changes })).status).toBe(status);
  });
});
