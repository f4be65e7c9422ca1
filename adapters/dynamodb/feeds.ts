import * as z from "zod";
import { duePartition } from "../../core/due.ts";
import type { FeedItem, StoredItem } from "../../core/feed/feed-item.ts";
import type { Feeds, ItemId } from "../../core/feed/feed-ports.ts";
import { FeedState } from "../../core/feed/feed-state.ts";
import { toMilliseconds } from "../../core/time/instant.ts";
import { NewsRow, newsPartition, newsRows, toNewsItem } from "./news.ts";
import {
  deleteRow,
  deleteRowIf,
  getRow,
  getRows,
  putRow,
  type Row,
  type RowKey,
  type Table,
  updateRow,
} from "./table.ts";

/** An item is kept for so long; what it is known by stays for longer. */
const keptDays = 400;

/** States and items of feeds. */
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
    hastenPoll: ({ feedId, lastPolledAt }, now) =>
      updateRow(
        table,
        stateKey(feedId),
        { set: { nextPollAt: now, dueAt: now } },
        { when: "#lastPolledAt = :lastPolledAt", values: { lastPolledAt } },
      ),
    forgetState: (feedId) => deleteRow(table, stateKey(feedId)),
    async loadItems(items) {
      const rows = await getRows(table, items.map(itemKey));
      return new Map(rows.map(toStored).map((item) => [item.key, item]));
    },
    addItem: (item) => putRow(table, toRow(item), { when: "attribute_not_exists(#pk)" }),
    changeItem: ({ feedId, key, firstSeenAt: _, edition: __, rev, ...shown }) =>
      updateRow(
        table,
        itemKey({ feedId, key }),
        {
          set: { ...shown, rev: rev + 1 },
          remove: mayBeAbsent.filter((name) => shown[name] === undefined),
        },
        { when: "#rev = :rev", values: { rev } },
      ),
    removeItem: (item, edition) =>
      deleteRowIf(table, itemKey(item), { when: "#edition = :edition", values: { edition } }),
    itemsIn: async (edition, limit) =>
      (await newsRows(table, edition, limit)).map((row) => ({ ...idOf(row), ...toNewsItem(row) })),
  };
}

const mayBeAbsent = ["score", "ceHours", "publishedAt"] as const;

function stateKey(feedId: string): RowKey {
  return { pk: `FEED#${feedId}`, sk: "STATE" };
}

function itemKey({ feedId, key }: ItemId): RowKey {
  return { pk: `FEED#${feedId}`, sk: `ITEM#${key}` };
}

function idOf({ pk, sk }: RowKey): ItemId {
  return { feedId: pk.slice("FEED#".length), key: sk.slice("ITEM#".length) };
}

function toRow({ key, firstSeenAt, ...item }: FeedItem): Row {
  return {
    ...itemKey({ feedId: item.feedId, key }),
    ...item,
    rev: 1,
    news: newsPartition(item.edition),
    newsAt: firstSeenAt,
    expiresAt: Math.floor(toMilliseconds(firstSeenAt) / 1000) + keptDays * 86_400,
  };
}

/** An item as its row has it. */
const ItemRow = NewsRow.extend({ edition: z.string(), rev: z.number() });

function toStored(row: Row): StoredItem {
  const { newsAt, ...item } = ItemRow.parse(row);
  return { ...idOf(row), ...item, firstSeenAt: newsAt };
}
