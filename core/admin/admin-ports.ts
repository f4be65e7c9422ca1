import type { AdminKey } from "./admin-key.ts";

/** Keys of admins, by their hash; a key itself is stored nowhere. */
export interface AdminKeys {
  find(hash: string): Promise<AdminKey | undefined>;
  add(hash: string, key: AdminKey): Promise<void>;
  /** When the first key was made; undefined before that. */
  firstMadeAt(): Promise<string | undefined>;
  /** Marks a key as the first; false if another one is. */
  markFirst(hash: string, at: string): Promise<boolean>;
}
