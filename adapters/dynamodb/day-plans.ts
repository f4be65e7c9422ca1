import * as z from "zod";
import type { DayPlan, DayPlans } from "../../core/day/day-ports.ts";
import { digestList } from "../../core/digest/digest-subscription.ts";
import { getRows, type Row, type RowKey, type Table } from "./table.ts";

const kinds: Record<string, DayPlan["kind"]> = { COURSE: "course", NUDGE: "nudge", DIGEST: "digest" };

const PlanRow = z.object({ run: z.number(), step: z.string().exactOptional(), dueAt: z.string() });

/** What is planned for readers, from the rows that stand in the due index while it is. */
export function dynamoDayPlans(table: Table): DayPlans {
  return {
    async of(wanted) {
      const keys = wanted.flatMap(({ subscriberId, courses, digest }): RowKey[] => {
        const pk = `SUB#${subscriberId}`;
        return [
          ...courses.flatMap((course) => [
            { pk, sk: `COURSE#${course}` },
            { pk, sk: `NUDGE#${course}` },
          ]),
          ...(digest ? [{ pk, sk: "DIGEST" }] : []),
        ];
      });
      // A hint, and so half the price: what is just being planned has taken its day.
      return (await getRows(table, keys, { consistent: false })).flatMap((row) => toPlan(row) ?? []);
    },
  };
}

function toPlan(row: Row): DayPlan | undefined {
  const { success, data } = PlanRow.safeParse(row);
  if (!success) return undefined;
  const [name = "", list = digestList] = row.sk.split("#");
  const kind = kinds[name];
  if (!kind) return undefined;
  const { run, step, dueAt } = data;
  return {
    subscriberId: row.pk.slice("SUB#".length),
    kind,
    list,
    run,
    ...(step !== undefined && { step }),
    dueAt,
  };
}
