import { feedIdShape } from "../../core/feed/feed-draft.ts";
import { FeedRow } from "../../core/feed/feed-list.ts";
import type { FeedList } from "../../core/feed/feed-ports.ts";
import { deleteRowIf, getRow, putRow, type RowKey, rowsUnder, type Table } from "./table.ts";

/** No feed has this id: they have small letters alone. */
const pk = "FEED#LIST";
const prefix = "FEED#";

/** Feeds that admins have added or changed, few enough to share a partition. */
export function dynamoFeedList(table: Table): FeedList {
  return {
    all: async () => (await rowsUnder(table, { pk, sk: prefix })).map((row) => FeedRow.parse(row)),
    async find(id) {
      // Whatever an address or a message names: keys have an end.
      if (!feedIdShape.test(id)) return undefined;
      const row = await getRow(table, keyOf(id));
      return row && FeedRow.parse(row);
    },
    save: (row) =>
      putRow(
        table,
        { ...keyOf(row.id), ...row },
        row.rev === 1
          ? { when: "attribute_not_exists(#pk)" }
          : { when: "#rev = :before", values: { before: row.rev - 1 } },
      ),
    remove: ({ id, rev }) => deleteRowIf(table, keyOf(id), { when: "#rev = :rev", values: { rev } }),
  };
}

function keyOf(id: string): RowKey {
  return { pk, sk: `${prefix}${id}` };
}
