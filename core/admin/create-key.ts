import * as z from "zod";
import type { Clock } from "../time/clock.ts";
import { type AdminKey, hashKey, keyIdOf, type ListedKey, newKey } from "./admin-key.ts";
import type { AdminKeys } from "./admin-ports.ts";
import type { Admin } from "./authorize.ts";
import { roles, scopes, scopesOf } from "./scopes.ts";

const nameHint = "Write whose key it is, in at most 60 characters.";

/** A key that is wanted: with the scopes of a role, or with some. */
export const KeyDraft = z
  .strictObject({
    name: z
      .string(nameHint)
      .max(60, nameHint)
      .refine((name) => name.trim() !== "" && !/\p{Cc}/u.test(name), nameHint),
    role: z.enum(roles, `Choose one of: ${roles.join(", ")}.`).exactOptional(),
    scopes: z
      .array(z.enum(scopes, `Choose of: ${scopes.join(", ")}.`))
      .min(1, "Name at least one.")
      .exactOptional(),
  })
  .refine(({ role, scopes }) => (role === undefined) !== (scopes === undefined), {
    path: ["scopes"],
    message: "Give a role or scopes: one of the two.",
  });
export type KeyDraft = z.infer<typeof KeyDraft>;

export interface KeysDeps {
  adminKeys: AdminKeys;
  clock: Clock;
}

export type CreateKeyOutcome =
  /** The only time that the key itself is told. */
  | { status: "created"; key: string; listed: ListedKey }
  /** Nobody gives away more than they have. */
  | { status: "beyond"; scopes: string[] };

/** Makes a key. */
export async function createKey(
  deps: KeysDeps,
  { draft, by }: { draft: KeyDraft; by: Pick<Admin, "name" | "scopes"> },
): Promise<CreateKeyOutcome> {
  const wanted = draft.role ? scopesOf(draft.role) : [...new Set(draft.scopes)];
  const beyond = wanted.filter((scope) => !by.scopes.includes(scope));
  if (beyond.length > 0) return { status: "beyond", scopes: beyond };
  const key = newKey();
  const hash = hashKey(key) ?? "";
  const kept: AdminKey = {
    name: draft.name.trim(),
    scopes: wanted,
    createdAt: deps.clock.now(),
    createdBy: by.name,
  };
  await deps.adminKeys.add(hash, kept);
  return { status: "created", key, listed: { ...kept, id: keyIdOf(hash) } };
}

export type RevokeKeyOutcome =
  | { status: "revoked" | "missing" }
  /** Without it nobody could make or revoke a key any more. */
  | { status: "last" };

/** Takes a key away; the last one that may make keys stays. */
export async function revokeKey(
  deps: Pick<KeysDeps, "adminKeys">,
  { id }: { id: string },
): Promise<RevokeKeyOutcome> {
  const keys = await deps.adminKeys.list();
  if (!keys.some((key) => key.id === id)) return { status: "missing" };
  const others = keys.filter((key) => key.id !== id);
  if (!others.some(({ scopes }) => scopes.includes("keys:write"))) return { status: "last" };
  return { status: (await deps.adminKeys.remove(id)) ? "revoked" : "missing" };
}
