import type { Enrolment } from "../../../core/course/enrolment.ts";
import type { Enrolments } from "../../../core/ports.ts";
import { dueRows } from "./due-rows.ts";
import type { SyncPort } from "./sync-port.ts";

/** Enrolments by subscriber and course, under the conditions of their rows. */
export function modelEnrolments(rows: Map<string, Enrolment>): SyncPort<Enrolments> {
  const keyOf = ({ subscriberId, course }: Pick<Enrolment, "subscriberId" | "course">) =>
    `${subscriberId} ${course}`;
  return {
    start(enrolment) {
      const row = rows.get(keyOf(enrolment));
      if (row && row.run >= enrolment.run) return false;
      rows.set(keyOf(enrolment), enrolment);
      return true;
    },
    due: (now, limit) =>
      dueRows("course", rows.values(), (row) => row.subscriberId, now, limit).map(
        ({ subscriberId, course, run, step = "", previous, goesFrom, dueAt }) => ({
          subscriberId,
          course,
          run,
          step,
          ...(previous !== undefined && { previous }),
          ...(goesFrom !== undefined && { goesFrom }),
          dueAt,
        }),
      ),
    advance({ run, step, dueAt, ...key }, to) {
      const row = rows.get(keyOf(key));
      if (row?.run !== run || row.step !== step || row.dueAt !== dueAt) return false;
      const { step: _s, dueAt: _d, goesFrom: _g, ...rest } = row;
      rows.set(keyOf(key), { ...rest, ...to });
      return true;
    },
    resume(enrolment, { step, dueAt }) {
      const row = rows.get(keyOf(enrolment));
      if (row?.run !== enrolment.run || row.state !== "stopped") return false;
      rows.set(keyOf(enrolment), { ...row, state: "walking", step, dueAt });
      return true;
    },
    loadMany: (subscriberId, courses) =>
      courses.flatMap((course) => {
        const row = rows.get(keyOf({ subscriberId, course }));
        return row ? [{ ...row, done: row.done ?? {} }] : [];
      }),
    ofMany: (subscriberIds, course) =>
      new Map(
        subscriberIds.flatMap((subscriberId) => {
          const row = rows.get(keyOf({ subscriberId, course }));
          return row ? [[subscriberId, { ...row, done: row.done ?? {} }] as const] : [];
        }),
      ),
    noteDone(enrolment, step, at) {
      const row = rows.get(keyOf(enrolment));
      if (row?.run !== enrolment.run) return false;
      rows.set(keyOf(enrolment), { ...row, done: { [step]: at, ...row.done } });
      return true;
    },
    setTasks(enrolment, step, tasks) {
      const row = rows.get(keyOf(enrolment));
      if (row?.run !== enrolment.run) return false;
      rows.set(keyOf(enrolment), { ...row, tasks: { ...row.tasks, [step]: tasks } });
      return true;
    },
  };
}
