import { describe, expect, it } from "vitest";
import { type AdminKey, hashKey, keyIdOf, newKey } from "../../../core/admin/admin-key.ts";
import type { AdminKeys } from "../../../core/admin/admin-ports.ts";
import { authenticate, may } from "../../../core/admin/authorize.ts";
import { createFirstKey } from "../../../core/admin/create-first-key.ts";
import { createKey, type KeyDraft, revokeKey } from "../../../core/admin/create-key.ts";
import { areas, scopes, scopesOf } from "../../../core/admin/scopes.ts";

const clock = { now: () => "2027-03-01T12:00:00.000Z", elapsed: () => 0, sleep: async () => {} };

/** Keys in memory, and the hash of the first. */
function memoryKeys() {
  const keys = new Map<string, AdminKey>();
  let first: string | undefined;
  const adminKeys: AdminKeys = {
    find: async (hash) => keys.get(hash),
    add: async (hash, key) => void keys.set(hash, key),
    list: async () => [...keys].map(([hash, key]) => ({ ...key, id: keyIdOf(hash) })),
    remove: async (id) => {
      const [hash = ""] = [...keys.keys()].filter((each) => keyIdOf(each) === id);
      return keys.delete(hash);
    },
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
      scopes: scopesOf("owner"),
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

describe("who calls", () => {
  const viewer = newKey();
  const owner = newKey();
  const { adminKeys, keys } = memoryKeys();
  for (const [key, role] of [
    [viewer, "viewer"],
    [owner, "owner"],
  ] as const) {
    keys.set(hashKey(key) ?? "", { name: role, scopes: scopesOf(role), createdAt: clock.now() });
  }

  it.each([
    ["an owner", `Bearer ${owner}`, "owner"],
    ["an owner, oddly spelled", `bearer  ${owner} `, "owner"],
    ["a viewer", `Bearer ${viewer}`, "viewer"],
    ["a key of nobody", `Bearer ${newKey()}`, undefined],
    ["another scheme", `Basic ${owner}`, undefined],
    ["a longer key", `Bearer ${owner}x`, undefined],
    ["no scheme", owner, undefined],
    ["no key", "Bearer", undefined],
    ["no header", undefined, undefined],
  ])("%s", async (_, header, name) => {
    expect((await authenticate({ adminKeys }, header))?.name).toBe(name);
  });

  it("may do what the scopes of the key say, and to change is not to look", async () => {
    const looks = await authenticate({ adminKeys }, `Bearer ${viewer}`);
    const changes = { scopes: ["campaigns:write" as const] };
    expect(looks && scopes.filter((scope) => may(looks, scope))).toEqual(areas.map((area) => `${area}:read`));
    expect(scopes.filter((scope) => may(changes, scope))).toEqual(["campaigns:write"]);
  });
});

describe("further keys", () => {
  const owner = { name: "owner", scopes: scopesOf("owner") };

  it("have a role's scopes, or some of what their maker has", async () => {
    const { adminKeys, keys } = memoryKeys();
    const made = await createKey(
      { adminKeys, clock },
      { draft: { name: " CI ", scopes: ["feeds:read", "feeds:read"] }, by: owner },
    );
    expect(made).toMatchObject({
      status: "created",
      listed: { name: "CI", scopes: ["feeds:read"], createdBy: "owner" },
    });
    expect(keys.size).toBe(1);
    const by = { name: "CI", scopes: ["keys:write" as const, "feeds:read" as const] };
    expect(
      await createKey({ adminKeys, clock }, { draft: { name: "more", role: "viewer" }, by }),
    ).toMatchObject({
      status: "beyond",
      scopes: expect.arrayContaining(["campaigns:read"]),
    });
    expect(keys.size).toBe(1);
  });

  it("are revoked by their id, save the last that can make keys", async () => {
    const { adminKeys } = memoryKeys();
    const make = async (draft: KeyDraft) => {
      const made = await createKey({ adminKeys, clock }, { draft, by: owner });
      return made.status === "created" ? made.listed.id : "";
    };
    const [first, second, viewer] = [
      await make({ name: "a", role: "owner" }),
      await make({ name: "b", role: "owner" }),
      await make({ name: "c", role: "viewer" }),
    ];
    const revoke = async (id: string) => (await revokeKey({ adminKeys }, { id })).status;
    expect(await revoke(first)).toBe("revoked");
    expect(await revoke(first)).toBe("missing");
    expect(await revoke(second)).toBe("last");
    expect(await revoke(viewer)).toBe("revoked");
    expect((await adminKeys.list()).map(({ id }) => id)).toEqual([second]);
  });
});
