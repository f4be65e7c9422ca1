import { duePartition } from "../../core/due.ts";
import type { FeedItem } from "../../core/feed/feed-item.ts";
import type { Feeds } from "../../core/feed/feed-ports.ts";
import { FeedState } from "../../core/feed/feed-state.ts";
import { toMilliseconds } from "../../core/time/instant.ts";
import { newsPartition } from "./news.ts";
import { getRow, getRows, putRow, type Row, type Table } from "./table.ts";

/** An item is kept longer than feeds show theirs, so that none comes back as new. */
const keptDays = 400;

/** States and items of feeds. An item is never changed once it is there. */
export function dynamoFeeds(table: Table): Feeds {
  return {
    async loadStates(feedIds) {
      const rows = await getRows(table, feedIds.map(stateKey));
      return new Map(rows.map((row) => FeedState.parse(row)).map((state) => [state.feedId, state]));
    },
    async loadState(feedId) {
      const row = await getRow(table, stateKey(feedId));
      return row && FeedState.parse(row);
    },
    saveState: (state, before) =>
      putRow(
        table,
        {
          ...stateKey(state.feedId),
          ...state,
          due: duePartition("feed", state.feedId),
          dueAt: state.nextPollAt,
        },
        before
          ? { when: "#lastPolledAt = :before", values: { before: before.lastPolledAt } }
          : { when: "attribute_not_exists(#pk)" },
      ),
    addItem: (item) => putRow(table, toRow(item), { when: "attribute_not_exists(#pk)" }),
  };
}

function stateKey(feedId: string) {
  return { pk: `FEED#${feedId}`, sk: "STATE" };
}

function toRow({ key, firstSeenAt, ...item }: FeedItem): Row {
  return {
    pk: `FEED#${item.feedId}`,
    sk: `ITEM#${key}`,
    ...item,
    news: newsPartition(item.edition),
    newsAt: firstSeenAt,
    expiresAt: Math.floor(toMilliseconds(firstSeenAt) / 1000) + keptDays * 86_400,
  };
}
