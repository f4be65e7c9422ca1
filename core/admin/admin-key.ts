import { createHash, randomBytes } from "node:crypto";
import * as z from "zod";

/** What is known of a key: `owner` may change things, `viewer` looks only. */
export const AdminKey = z.object({
  name: z.string(),
  role: z.enum(["owner", "viewer"]),
  createdAt: z.string(),
});
export type AdminKey = z.infer<typeof AdminKey>;

const shape = /^slk_[\w-]{43}$/;

/** A new key: 256 random bits behind a prefix by which scanners for leaked secrets find it. */
export function newKey(): string {
  return `slk_${randomBytes(32).toString("base64url")}`;
}

/** The hash under which a key is stored; undefined if it has not the shape of one. No salt: it is no password, but random. */
export function hashKey(key: string): string | undefined {
  return shape.test(key) ? createHash("sha256").update(key).digest("hex") : undefined;
}
