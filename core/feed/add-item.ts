import { editionOf } from "../digest/edition.ts";
import { AppError } from "../errors.ts";
import { byHand, type FeedEntry, type FeedItem } from "./feed-item.ts";
import type { ItemDraft } from "./item-draft.ts";
import { withoutTracking } from "./item-key.ts";
import { judge } from "./judge-item.ts";
import { changedItem, type KeepItemsDeps, type Shown, toItem } from "./keep-items.ts";
import { keepMarks } from "./keep-marks.ts";
import type { SeenAs } from "./recognise.ts";

export type AddItemOutcome =
  /** `known`: the same was there already. `of-feed`: a feed has brought it, and keeps it. */
  { status: "added" | "changed" | "known" | "of-feed"; item: FeedItem };

/** How often it is tried when somebody else enters the same. */
const patience = 3;

/**
 * Enters an item by hand, into the edition of the week. The same address again corrects it where it stands; once its
 * edition is closed, another title with another date is another item.
 * @throws AppError `item.contended` when others are always first.
 */
export async function addItem(deps: KeepItemsDeps, draft: ItemDraft): Promise<AddItemOutcome> {
  const now = deps.clock.now();
  const entry = entryOf(draft);
  const corrects = ({ feed, at }: SeenAs) => feed === byHand && editionOf(at) === editionOf(now);
  for (let tries = 0; tries < patience; tries++) {
    const [recognised] = await keepMarks(deps, byHand, [entry], { now, takesOld: true, corrects });
    if (!recognised) break;
    const { feed: feedId, key } = recognised.as;
    const before = (await deps.feeds.loadItems([{ feedId, key }])).get(key);
    const shown = shownOf(deps, draft, entry);
    if (!before) {
      const item = toItem(recognised.as, shown, deps.clock);
      if (await deps.feeds.addItem(item)) return { status: "added", item };
      continue;
    }
    if (before.feedId !== byHand) return { status: "of-feed", item: before };
    const after = changedItem(before, shown);
    if (!after) return { status: "known", item: before };
    if (await deps.feeds.changeItem(after)) return { status: "changed", item: after };
  }
  throw new AppError("unavailable", "item.contended", "Somebody else enters the same at this moment");
}

function entryOf({ link, title, summary, date }: ItemDraft): FeedEntry {
  const publishedAt = date && `${date}T00:00:00.000Z`;
  return { title, url: withoutTracking(link), summary, ...(publishedAt && { publishedAt }) };
}

function shownOf({ catalogue }: KeepItemsDeps, draft: ItemDraft, entry: FeedEntry): Shown {
  const { topic, source, ceHours } = draft;
  const { score } = judge(catalogue.feedRules)({ id: byHand, topic }, entry);
  return {
    ...entry,
    topic,
    source,
    ...(score !== 0 && { score }),
    ...(ceHours !== undefined && { ceHours }),
  };
}
