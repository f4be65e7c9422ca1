import { editionOf } from "../digest/edition.ts";
import type { Clock } from "../time/clock.ts";
import { byHand } from "./feed-item.ts";
import type { Feeds } from "./feed-ports.ts";
import { itemKeyShape } from "./item-key.ts";

export type RemoveItemOutcome =
  | { status: "removed" | "missing" }
  /** Its edition is closed: it may be in mailboxes. */
  | { status: "closed"; edition: string };

/** Takes out what an admin has entered, while its edition is still open. */
export async function removeItem(
  { feeds, clock }: { feeds: Feeds; clock: Clock },
  { key }: { key: string },
): Promise<RemoveItemOutcome> {
  if (!itemKeyShape.test(key)) return { status: "missing" };
  const id = { feedId: byHand, key };
  const item = (await feeds.loadItems([id])).get(key);
  if (!item) return { status: "missing" };
  const { edition } = item;
  if (edition !== editionOf(clock.now())) return { status: "closed", edition };
  return { status: (await feeds.removeItem(id, edition)) ? "removed" : "missing" };
}
