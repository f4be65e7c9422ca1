import type { ItemMarks } from "../../core/feed/feed-ports.ts";
import { ItemMark } from "../../core/feed/item-mark.ts";
import { toMilliseconds } from "../../core/time/instant.ts";
import { getRows, putRow, type RowKey, type Table } from "./table.ts";

/** What items of feeds are known by, a row for each mark. */
export function dynamoItemMarks(table: Table): ItemMarks {
  return {
    async loadMarks(marks) {
      const rows = await getRows(table, marks.map(keyOf));
      return new Map(rows.map((row) => ItemMark.parse(row)).map((mark) => [mark.mark, mark]));
    },
    saveMark: (mark) =>
      putRow(
        table,
        {
          ...keyOf(mark.mark),
          ...mark,
          expiresAt: Math.floor(toMilliseconds(mark.keptUntil) / 1000),
        },
        mark.rev === 1
          ? { when: "attribute_not_exists(#pk)" }
          : { when: "#rev = :before", values: { before: mark.rev - 1 } },
      ),
  };
}

function keyOf(mark: string): RowKey {
  return { pk: `FEED#MARK#${mark}`, sk: "MARK" };
}
