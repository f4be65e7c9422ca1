import * as z from "zod";
import { type CeEntry, isCategory } from "../../core/ce/ce-entry.ts";
import type { CeLog } from "../../core/ce/ce-ports.ts";
import { addDays, toMilliseconds } from "../../core/time/instant.ts";
import { deleteRow, putRow, type Row, rowsUnder, type Table } from "./table.ts";

/** The longest cycle, and a year in which a body may still ask for proof. */
const keptDays = 4 * 366;

const EntryRow = z.object({
  hours: z.number(),
  activity: z.string(),
  category: z.string().refine(isCategory),
  day: z.string(),
  credential: z.string().exactOptional(),
  loggedAt: z.string(),
});

/** Hours of continuing education, beside their reader's other rows. */
export function dynamoCeLog(table: Table): CeLog {
  return {
    of: async (subscriberId) =>
      (await rowsUnder(table, { pk: `SUB#${subscriberId}`, sk: "CE#" })).map(toEntry),
    add: ({ subscriberId, id, ...entry }) =>
      putRow(
        table,
        {
          ...keyOf(subscriberId, id),
          ...entry,
          expiresAt: toMilliseconds(addDays(`${entry.day}T00:00:00.000Z`, keptDays)) / 1000,
        },
        { when: "attribute_not_exists(#pk)" },
      ),
    remove: (subscriberId, id) => deleteRow(table, keyOf(subscriberId, id)),
  };
}

function keyOf(subscriberId: string, id: string) {
  return { pk: `SUB#${subscriberId}`, sk: `CE#${id}` };
}

function toEntry(row: Row): CeEntry {
  return {
    ...EntryRow.parse(row),
    subscriberId: row.pk.slice("SUB#".length),
    id: row.sk.slice("CE#".length),
  };
}
