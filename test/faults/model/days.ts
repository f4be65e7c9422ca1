import type { Enrolment } from "../../../core/course/enrolment.ts";
import type { DailySlots, DayPlan, DayPlans, ReaderDay } from "../../../core/day/day-ports.ts";
import { digestList } from "../../../core/digest/digest-subscription.ts";
import type { Nudge } from "../../../core/nudge/nudge.ts";
import type { DigestRow } from "./dates-and-digests.ts";
import type { SyncPort } from "./sync-port.ts";

/** Whose each day of a reader is; the first stands. */
export function modelDailySlots(rows: Map<string, string>): SyncPort<DailySlots> {
  const keyOf = ({ subscriberId, date }: ReaderDay) => `${subscriberId} ${date}`;
  return {
    holders: (days) => days.map((day) => rows.get(keyOf(day))),
    takeMany: (mailing, days) =>
      days.map((day) => {
        const holder = rows.get(keyOf(day)) ?? mailing;
        rows.set(keyOf(day), holder);
        return holder === mailing;
      }),
  };
}

/** What is planned, by the rows of the plans. */
export function modelDayPlans(tables: {
  enrolments: Map<string, Enrolment>;
  nudges: Map<string, Nudge>;
  digests: Map<string, DigestRow>;
}): SyncPort<DayPlans> {
  const planOf = (kind: DayPlan["kind"], list: string, row: Enrolment | Nudge | DigestRow | undefined) => {
    if (row?.dueAt === undefined) return [];
    const { subscriberId, run, dueAt } = row;
    const step = "step" in row ? row.step : undefined;
    return [{ subscriberId, kind, list, run, ...(step !== undefined && { step }), dueAt }];
  };
  return {
    of: (wanted) =>
      wanted.flatMap(({ subscriberId, courses, digest }) => [
        ...courses.flatMap((course) => [
          ...planOf("course", course, tables.enrolments.get(`${subscriberId} ${course}`)),
          ...planOf("nudge", course, tables.nudges.get(`${subscriberId} ${course}`)),
        ]),
        ...(digest ? planOf("digest", digestList, tables.digests.get(subscriberId)) : []),
      ]),
  };
}
