import type { Clock } from "../time/clock.ts";
import { hashKey, newKey } from "./admin-key.ts";
import type { AdminKeys } from "./admin-ports.ts";
import { scopesOf } from "./scopes.ts";

export type CreateFirstKeyOutcome =
  /** The only time that the key itself is told. */
  { status: "created"; key: string } | { status: "refused"; firstMadeAt: string };

/**
 * Makes the first owner's key, once. It is written before it is marked as the first one: of two at a time, the
 * one that comes second leaves the hash of a key behind that nobody was told.
 */
export async function createFirstKey(
  deps: { adminKeys: AdminKeys; clock: Clock },
  input: { name: string },
): Promise<CreateFirstKeyOutcome> {
  const before = await deps.adminKeys.firstMadeAt();
  if (before) return { status: "refused", firstMadeAt: before };
  const key = newKey();
  const hash = hashKey(key) ?? "";
  const now = deps.clock.now();
  await deps.adminKeys.add(hash, { name: input.name, scopes: scopesOf("owner"), createdAt: now });
  if (await deps.adminKeys.markFirst(hash, now)) return { status: "created", key };
  return { status: "refused", firstMadeAt: (await deps.adminKeys.firstMadeAt()) ?? now };
}
