import * as z from "zod";
import type { DailySlots, ReaderDay } from "../../core/day/day-ports.ts";
import { addDays, toMilliseconds } from "../../core/time/instant.ts";
import { executeStatements, insertOf } from "./statements.ts";
import { getRows, rowVersion, type Table } from "./table.ts";

/** A day that has passed is nobody's any more; kept a little longer, to tell why a mail came later. */
const keptDays = 14;

const DayRow = z.object({ pk: z.string(), sk: z.string(), mailing: z.string() });

/** One row for each day of a reader that is taken. */
export function dynamoDailySlots(table: Table): DailySlots {
  const holders = async (days: ReaderDay[]) => {
    const rows = (await getRows(table, days.map(keyOf))).map((row) => DayRow.parse(row));
    const byKey = new Map(rows.map(({ pk, sk, mailing }) => [`${pk} ${sk}`, mailing]));
    return days.map(keyOf).map(({ pk, sk }) => byKey.get(`${pk} ${sk}`));
  };
  return {
    holders,
    async takeMany(mailing, days) {
      const statements = days.map((day) =>
        insertOf(table, { ...keyOf(day), v: rowVersion, mailing, expiresAt: expiryOf(day) }),
      );
      const taken = await executeStatements(table, statements);
      const refused = days.filter((_, at) => !taken[at]);
      if (refused.length === 0) return taken;
      // Taken by this mailing before, or by a statement whose answer was lost.
      const known = await holders(refused);
      const ours = new Set(refused.filter((_, at) => known[at] === mailing));
      return days.map((day, at) => taken[at] === true || ours.has(day));
    },
  };
}

function keyOf({ subscriberId, date }: ReaderDay) {
  return { pk: `SUB#${subscriberId}`, sk: `DAY#${date}` };
}

function expiryOf({ date }: ReaderDay): number {
  return toMilliseconds(addDays(`${date}T00:00:00.000Z`, keptDays)) / 1000;
}
