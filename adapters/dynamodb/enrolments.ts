import { Enrolment } from "../../core/course/enrolment.ts";
import { duePartition } from "../../core/due.ts";
import type { Enrolments } from "../../core/ports.ts";
import { dueRows, getRows, putRow, type Row, setOnce, type Table, updateRow } from "./table.ts";

/** A step that is done is an attribute of its own, so that one write keeps the first instant and no other touches it. */
const donePrefix = "done_";

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
    async loadMany(subscriberId, courses) {
      const keys = courses.map((course) => keyOf({ subscriberId, course }));
      return (await getRows(table, keys)).map(toEnrolment);
    },
    async noteDone({ run, ...key }, step, at) {
      const attribute = { name: `${donePrefix}${step}`, value: at };
      return (
        (await setOnce(table, keyOf(key), attribute, { when: "#run = :run", values: { run } })) !== undefined
      );
    },
  };
}

function toEnrolment(row: Row): Enrolment {
  const done = Object.entries(row).flatMap(([name, at]) =>
    name.startsWith(donePrefix) ? [[name.slice(donePrefix.length), at]] : [],
  );
  return Enrolment.parse({ ...row, done: Object.fromEntries(done) });
}

function keyOf({ subscriberId, course }: { subscriberId: string; course: string }) {
  return { pk: `SUB#${subscriberId}`, sk: `COURSE#${course}` };
}
