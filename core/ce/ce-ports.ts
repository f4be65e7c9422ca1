import type { CeEntry } from "./ce-entry.ts";

/** The hours of continuing education that readers have logged. */
export interface CeLog {
  /** Everything that one person has logged and that is still kept. */
  of(subscriberId: string): Promise<CeEntry[]>;
  /** False if it is there already. */
  add(entry: CeEntry): Promise<boolean>;
  /** Whether it was there or not, it is gone afterwards. */
  remove(subscriberId: string, id: string): Promise<void>;
}
