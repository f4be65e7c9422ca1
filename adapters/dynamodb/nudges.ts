import { duePartition } from "../../core/due.ts";
import type { DueNudge, Nudge } from "../../core/nudge/nudge.ts";
import type { Nudges } from "../../core/nudge/nudge-ports.ts";
import { dueRows, getRows, putRow, type Row, type Table, updateRow } from "./table.ts";

/** Rows that look after open steps; `attempt` counts the nudges that have gone. */
export function dynamoNudges(table: Table): Nudges {
  return {
    start: (nudge) =>
      putRow(table, nudgeRow(nudge), {
        when: "attribute_not_exists(#pk) OR #run < :run",
        values: { run: nudge.run },
      }),
    async due(now, limit) {
      const rows = await dueRows(table, "nudge", now, limit);
      return rows.map((row) => ({ ...toNudge(row), dueAt: String(row.dueAt) }));
    },
    advance: ({ run, sent, dueAt, ...key }, to) =>
      updateRow(
        table,
        keyOf(key),
        {
          set: { attempt: to.sent, dueAt: to.dueAt },
          remove: to.dueAt === undefined ? ["due", "dueAt"] : [],
        },
        {
          when: "#run = :run AND #attempt = :sent AND #dueAt = :dueAt",
          values: { run, sent, dueAt },
        },
      ),
    async loadMany(subscriberId, courses) {
      const keys = courses.map((course) => keyOf({ subscriberId, course }));
      return (await getRows(table, keys)).map(toNudge);
    },
  };
}

/** The row of a nudge to come. */
export function nudgeRow({ subscriberId, course, run, sent, dueAt }: DueNudge): Row {
  return {
    ...keyOf({ subscriberId, course }),
    run,
    attempt: sent,
    dueAt,
    due: duePartition("nudge", subscriberId),
  };
}

function toNudge(row: Row): Nudge {
  return {
    subscriberId: row.pk.slice("SUB#".length),
    course: row.sk.slice("NUDGE#".length),
    run: Number(row.run),
    sent: Number(row.attempt),
    ...(typeof row.dueAt === "string" && { dueAt: row.dueAt }),
  };
}

function keyOf({ subscriberId, course }: Pick<Nudge, "subscriberId" | "course">) {
  return { pk: `SUB#${subscriberId}`, sk: `NUDGE#${course}` };
}
