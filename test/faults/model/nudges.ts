import type { Nudge } from "../../../core/nudge/nudge.ts";
import type { Nudges } from "../../../core/nudge/nudge-ports.ts";
import { dueRows } from "./due-rows.ts";
import type { SyncPort } from "./sync-port.ts";

/** Nudges by subscriber and course, under the conditions of their rows. */
export function modelNudges(rows: Map<string, Nudge>): SyncPort<Nudges> {
  const keyOf = ({ subscriberId, course }: Pick<Nudge, "subscriberId" | "course">) =>
    `${subscriberId} ${course}`;
  return {
    start(nudge) {
      const row = rows.get(keyOf(nudge));
      if (row && row.run >= nudge.run) return false;
      rows.set(keyOf(nudge), nudge);
      return true;
    },
    due: (now, limit) => dueRows("nudge", rows.values(), (row) => row.subscriberId, now, limit),
    advance({ run, sent, dueAt, ...key }, to) {
      const row = rows.get(keyOf(key));
      if (row?.run !== run || row.sent !== sent || row.dueAt !== dueAt) return false;
      const { dueAt: _, ...rest } = row;
      rows.set(keyOf(key), { ...rest, ...to });
      return true;
    },
    loadMany: (subscriberId, courses) =>
      courses.flatMap((course) => rows.get(keyOf({ subscriberId, course })) ?? []),
  };
}
