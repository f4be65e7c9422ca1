import type { AdminKey } from "./admin-key.ts";
import { hashKey } from "./admin-key.ts";
import type { AdminKeys } from "./admin-ports.ts";

export type AuthorizeOutcome =
  | { status: "allowed"; key: AdminKey }
  /** No key, or none that is known. */
  | { status: "unknown" }
  /** A viewer's key, and something would change. */
  | { status: "viewer" };

/** Whether the key in an `Authorization` header may look, or change something. */
export async function authorize(
  deps: { adminKeys: AdminKeys },
  input: { header: string | undefined; changes: boolean },
): Promise<AuthorizeOutcome> {
  const [, presented = ""] = /^Bearer +(\S+) *$/i.exec(input.header ?? "") ?? [];
  const hash = hashKey(presented);
  const key = hash && (await deps.adminKeys.find(hash));
  if (!key) return { status: "unknown" };
  return input.changes && key.role !== "owner" ? { status: "viewer" } : { status: "allowed", key };
}
