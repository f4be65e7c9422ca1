import { type AdminKey, hashKey, keyIdOf } from "./admin-key.ts";
import type { AdminKeys } from "./admin-ports.ts";
import type { Scope } from "./scopes.ts";

/** Who calls, and what they may do. */
export interface Admin extends Pick<AdminKey, "name" | "scopes"> {
  /** The id of the key. */
  keyId: string;
}

/** Whose key an `Authorization` header presents; undefined for none, or one that is not known. */
export async function authenticate(
  deps: { adminKeys: Pick<AdminKeys, "find"> },
  header: string | undefined,
): Promise<Admin | undefined> {
  const [, presented = ""] = /^Bearer +(\S+) *$/i.exec(header ?? "") ?? [];
  const hash = hashKey(presented);
  const key = hash && (await deps.adminKeys.find(hash));
  return key ? { name: key.name, scopes: key.scopes, keyId: keyIdOf(hash) } : undefined;
}

/** Whether somebody may do what a scope is about. */
export function may({ scopes }: Pick<Admin, "scopes">, scope: Scope): boolean {
  return scopes.includes(scope);
}
