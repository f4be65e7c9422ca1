import { duePartition } from "../../core/due.ts";
import type { Enrolments } from "../../core/ports.ts";
import { dueRows, putRow, type Table, updateRow } from "./table.ts";

/** Enrolments: a subscriber's way through a course. */
export function dynamoEnrolments(table: Table): Enrolments {
  return {
    start: (enrolment) =>
      putRow(
        table,
        {
          ...keyOf(enrolment),
          ...enrolment,
          ...(enrolment.dueAt && { due: duePartition("course", enrolment.subscriberId) }),
        },
        { when: "attribute_not_exists(#pk) OR #run < :run", values: { run: enrolment.run } },
      ),
    async due(now, limit) {
      const rows = await dueRows(table, "course", now, limit);
      return rows.map((row) => ({
        subscriberId: row.pk.slice("SUB#".length),
        course: row.sk.slice("COURSE#".length),
        run: Number(row.run),
        step: String(row.step),
        ...(typeof row.previous === "string" && { previous: row.previous }),
        dueAt: String(row.dueAt),
      }));
    },
    advance: ({ run, step, previous: _, dueAt, ...key }, to) =>
      updateRow(
        table,
        keyOf(key),
        to.step
          ? { set: { state: to.state, step: to.step, previous: to.previous, dueAt: to.dueAt } }
          : { set: { state: to.state }, remove: ["step", "due", "dueAt"] },
        { when: "#run = :run AND #step = :step AND #dueAt = :dueAt", values: { run, step, dueAt } },
      ),
  };
}

function keyOf({ subscriberId, course }: { subscriberId: string; course: string }) {
  return { pk: `SUB#${subscriberId}`, sk: `COURSE#${course}` };
}
