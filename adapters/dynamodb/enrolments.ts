import { Enrolment } from "../../core/course/enrolment.ts";
import { duePartition } from "../../core/due.ts";
import type { Enrolments } from "../../core/ports.ts";
import { dueRows, getRows, putRow, type Row, setNamed, setOnce, type Table, updateRow } from "./table.ts";

/** A step that is done is an attribute of its own, so that one write keeps the first instant and no other touches it. */
const donePrefix = "done_";
/** So are the ticked tasks of a step. */
const tasksPrefix = "tasks_";

/** Enrolments: a subscriber's way through a course. */
export function dynamoEnrolments(table: Table): Enrolments {
  return {
    start: (enrolment) =>
      putRow(table, enrolmentRow(enrolment), {
        when: "attribute_not_exists(#pk) OR #run < :run",
        values: { run: enrolment.run },
      }),
    async due(now, limit) {
      const rows = await dueRows(table, "course", now, limit);
      return rows.map((row) => ({
        subscriberId: row.pk.slice("SUB#".length),
        course: row.sk.slice("COURSE#".length),
        run: Number(row.run),
        step: String(row.step),
        ...(typeof row.previous === "string" && { previous: row.previous }),
        ...(typeof row.goesFrom === "string" && { goesFrom: row.goesFrom }),
        dueAt: String(row.dueAt),
      }));
    },
    advance: ({ run, step, dueAt, ...key }, { state, step: next, ...to }) =>
      updateRow(
        table,
        keyOf(key),
        next
          ? { set: { state, step: next, ...to }, remove: to.goesFrom === undefined ? ["goesFrom"] : [] }
          : {
              set: { state, previous: to.previous },
              remove: ["step", "goesFrom", "due", "dueAt"],
            },
        { when: "#run = :run AND #step = :step AND #dueAt = :dueAt", values: { run, step, dueAt } },
      ),
    resume: ({ run, ...key }, { step, dueAt }) =>
      updateRow(
        table,
        keyOf(key),
        { set: { state: "walking", step, dueAt, due: duePartition("course", key.subscriberId) } },
        { when: "#run = :run AND #state = :stopped", values: { run, stopped: "stopped" } },
      ),
    async loadMany(subscriberId, courses) {
      const keys = courses.map((course) => keyOf({ subscriberId, course }));
      return (await getRows(table, keys)).map(toEnrolment);
    },
    async ofMany(subscriberIds, course) {
      const keys = subscriberIds.map((subscriberId) => keyOf({ subscriberId, course }));
      const rows = await getRows(table, keys, { consistent: false });
      return new Map(rows.map(toEnrolment).map((enrolment) => [enrolment.subscriberId, enrolment]));
    },
    async noteDone({ run, ...key }, step, at) {
      const attribute = { name: `${donePrefix}${step}`, value: at };
      return (
        (await setOnce(table, keyOf(key), attribute, { when: "#run = :run", values: { run } })) !== undefined
      );
    },
    setTasks: ({ run, ...key }, step, tasks) =>
      setNamed(
        table,
        keyOf(key),
        { name: `${tasksPrefix}${step}`, value: tasks },
        { when: "#run = :run", values: { run } },
      ),
  };
}

/** The row of an enrolment. */
export function enrolmentRow({ done = {}, tasks = {}, ...enrolment }: Enrolment): Row {
  return {
    ...keyOf(enrolment),
    ...enrolment,
    ...prefixed(donePrefix, done),
    ...prefixed(tasksPrefix, tasks),
    ...(enrolment.dueAt && { due: duePartition("course", enrolment.subscriberId) }),
  };
}

function toEnrolment(row: Row): Enrolment {
  const tasks = unprefixed(tasksPrefix, row);
  return Enrolment.parse({
    ...row,
    done: unprefixed(donePrefix, row),
    ...(Object.keys(tasks).length > 0 && { tasks }),
  });
}

/** One attribute for each step of a record. */
function prefixed(prefix: string, bySteps: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(bySteps).map(([step, value]) => [`${prefix}${step}`, value]));
}

function unprefixed(prefix: string, row: Row): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );
}

function keyOf({ subscriberId, course }: { subscriberId: string; course: string }) {
  return { pk: `SUB#${subscriberId}`, sk: `COURSE#${course}` };
}
