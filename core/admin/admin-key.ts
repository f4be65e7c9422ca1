import { createHash, randomBytes } from "node:crypto";
import * as z from "zod";
import { scopes } from "./scopes.ts";

/** What is known of a key. */
export const AdminKey = z.object({
  name: z.string(),
  scopes: z.array(z.enum(scopes)),
  createdAt: z.string(),
  /** Whose key or session made it; absent on the first. */
  createdBy: z.string().exactOptional(),
});
export type AdminKey = z.infer<typeof AdminKey>;

/** A key as it is listed: by the beginning of its hash, which tells nothing of the key. */
export type ListedKey = AdminKey & { id: string };

const shape = /^slk_[\w-]{43}$/;
const idLength = 12;

/** A new key: 256 random bits behind a prefix by which scanners for leaked secrets find it. */
export function newKey(): string {
  return `slk_${randomBytes(32).toString("base64url")}`;
}

/** The hash under which a key is stored; undefined if it has not the shape of one. No salt: it is no password, but random. */
export function hashKey(key: string): string | undefined {
  return shape.test(key) ? createHash("sha256").update(key).digest("hex") : undefined;
}

/** The name by which a key is spoken of, in lists and in the audit log. */
export function keyIdOf(hash: string): string {
  return hash.slice(0, idLength);
}
