import { type Edition, editionOf } from "../digest/edition.ts";
import type { Clock } from "../time/clock.ts";
import type { Feeds, ListedItem } from "./feed-ports.ts";

const most = 1000;

/** Items of an edition, those seen last first; of the one that is open now, unless another is named. */
export async function listItems(
  { feeds, clock }: { feeds: Feeds; clock: Clock },
  { edition = editionOf(clock.now()) }: { edition?: Edition | undefined },
): Promise<{ edition: Edition; items: ListedItem[] }> {
  return { edition, items: await feeds.itemsIn(edition, most) };
}
