import type { ItemMarks } from "../../core/feed/feed-ports.ts";
import type { ItemMark } from "../../core/feed/item-mark.ts";

/** Marks in memory, for properties that need many thousands of them. */
export function memoryMarks(): ItemMarks & { rows: Map<string, ItemMark>; writes: number } {
  const rows = new Map<string, ItemMark>();
  const port = {
    rows,
    writes: 0,
    async loadMarks(marks: string[]) {
      return new Map(
        marks.flatMap((mark): [string, ItemMark][] => {
          const row = rows.get(mark);
          return row ? [[mark, row]] : [];
        }),
      );
    },
    async saveMark(mark: ItemMark) {
      if ((rows.get(mark.mark)?.rev ?? 0) !== mark.rev - 1) return false;
      rows.set(mark.mark, mark);
      port.writes++;
      return true;
    },
  };
  return port;
}
