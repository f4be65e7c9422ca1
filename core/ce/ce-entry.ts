import { createHash } from "node:crypto";
import type { Instant } from "../time/instant.ts";

/**
 * Where hours were earned: with a body that awards credentials, or with whom it counts as itself; or elsewhere. `own`
 * without a body, as in rows of before, is that of every credential.
 */
export type CeCategory = "own" | `own:${string}` | "other";

/** The category of hours from a body, as in `own:AHIMA`. */
export function ownOf(body: string): CeCategory {
  return `own:${body}`;
}

/** Whether hours come from the body that awards a credential. */
export function isFrom({ category }: Pick<CeEntry, "category">, body: string): boolean {
  return category === "own" || category === ownOf(body);
}

/** Whether a text may be a category. */
export function isCategory(text: string): text is CeCategory {
  return text === "own" || text === "other" || text.startsWith("own:");
}

/** Hours of continuing education that a reader has logged. */
export interface CeEntry {
  subscriberId: string;
  id: string;
  /** In quarters of an hour. */
  hours: number;
  activity: string;
  category: CeCategory;
  /** The calendar day on which it was done, `2027-05-01`. */
  day: string;
  /** The credential that it counts for; absent is every one. */
  credential?: string;
  loggedAt: Instant;
}

/** What the reader typed, once it is read. */
export type WantedEntry = Omit<CeEntry, "subscriberId" | "id" | "loggedAt">;

/**
 * The id of an entry: a function of what was typed and of the form it was typed into, so that a form sent twice is one
 * entry, and two equal entries are two forms.
 */
export function entryId(subscriberId: string, entry: WantedEntry, form: string): string {
  const { hours, activity, category, day, credential = "" } = entry;
  const named = ["stepletter.ce.1", subscriberId, day, hours, activity, category, credential, form];
  return createHash("sha256").update(JSON.stringify(named)).digest("hex").slice(0, 24);
}
