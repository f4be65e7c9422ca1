import type { AdminKey, ListedKey } from "./admin-key.ts";
import type { AuditEntry } from "./audit.ts";

/** Keys of admins, by their hash; a key itself is stored nowhere. */
export interface AdminKeys {
  find(hash: string): Promise<AdminKey | undefined>;
  add(hash: string, key: AdminKey): Promise<void>;
  /** In any order. */
  list(): Promise<ListedKey[]>;
  /** Takes a key away, by its id, from this instant on; false if there is none. */
  remove(id: string): Promise<boolean>;
  /** When the first key was made; undefined before that. */
  firstMadeAt(): Promise<string | undefined>;
  /** Marks a key as the first; false if another one is. */
  markFirst(hash: string, at: string): Promise<boolean>;
}

/** What admins did, day by day. */
export interface Audit {
  /** Notes what is about to be done; answers how to say what became of it. */
  begin(
    entry: Omit<AuditEntry, "status">,
  ): Promise<(end: Pick<AuditEntry, "status" | "subject" | "reason">) => Promise<void>>;
  /** The entries of a day in UTC, the newest first; `cursor` goes on where a page ended. */
  page(day: string, cursor: string | undefined, limit: number): Promise<AuditPage>;
}

export interface AuditPage {
  entries: AuditEntry[];
  cursor?: string;
}

/** An answer that was given to a request with an `Idempotency-Key`. */
export interface KeptAnswer {
  status: number;
  body: string;
}

/** Requests that came with an `Idempotency-Key`, for a day. */
export interface Replays {
  /**
   * Claims a key of somebody for a request, known by the hash of what it asks. `mine` is for the first; for others:
   * the answer that was kept, or that the first is still at it, or that the key was used for something else.
   */
  claim(who: string, key: string, request: string): Promise<"mine" | "in-progress" | "other" | KeptAnswer>;
  keep(who: string, key: string, answer: KeptAnswer): Promise<void>;
  /** Forgets a claim whose work did not succeed, so that it may be tried again. */
  drop(who: string, key: string): Promise<void>;
}
