import type { Instant } from "../time/instant.ts";
import type { Edition } from "./edition.ts";

/** The list that a reader of the digest is on. */
export const digestList = "digest";

/** A reader's place in the row of editions: `edition` is the one that goes next, at `dueAt`. */
export interface DigestSubscription {
  subscriberId: string;
  /** Which joining of the list it stands for. */
  run: number;
  edition: Edition;
  dueAt: Instant;
}

/** What the due index tells of a subscription. */
export type DueDigest = DigestSubscription;
