import * as z from "zod";
import { duePartition } from "../../core/due.ts";
import { type DueDate, dateKinds, type ReminderDate } from "../../core/reminder/reminder-date.ts";
import type { ReminderDates } from "../../core/reminder/reminder-ports.ts";
import { addDays, toMilliseconds } from "../../core/time/instant.ts";
import { rosterPartition } from "./roster.ts";
import {
  deleteRow,
  dueRows,
  getRow,
  getRows,
  putRow,
  type Row,
  rowsUnder,
  type Table,
  updateRow,
} from "./table.ts";

/** A date that has passed is history, kept this long; a renewal longer, since it can still be done, and goes on then. */
const keptDays = 60;
const keptRenewalDays = 400;

const DateRow = z.object({
  label: z.string(),
  date: z.string(),
  kind: z.enum(dateKinds).exactOptional(),
  credential: z.string().exactOptional(),
  daysBefore: z.number(),
  run: z.number(),
  dueAt: z.string().exactOptional(),
  doneAt: z.string().exactOptional(),
  cycleFrom: z.string().exactOptional(),
  setAt: z.string().exactOptional(),
});

/** Dates to be reminded of, beside their reader's other rows. */
export function dynamoReminderDates(table: Table): ReminderDates {
  return {
    async of(subscriberId) {
      return (await rowsUnder(table, { pk: `SUB#${subscriberId}`, sk: "DATE#" })).map(toDate);
    },
    async load(subscriberId, id) {
      const row = await getRow(table, keyOf({ subscriberId, id }));
      return row && toDate(row);
    },
    add: (date) =>
      putRow(table, toRow(date), {
        when: "attribute_not_exists(#pk) OR #run < :run",
        values: { run: date.run },
      }),
    remove: (subscriberId, id) => deleteRow(table, keyOf({ subscriberId, id })),
    async due(now, limit) {
      // The index has the keys alone; the rows tell what it is, and whether it is still due.
      const rows = await getRows(table, await dueRows(table, "deadline", now, limit));
      return rows
        .map(toDate)
        .filter((date): date is DueDate => date.dueAt !== undefined && date.dueAt <= now);
    },
    advance: (date, next) =>
      updateRow(table, keyOf(date), next ? { set: { ...next } } : { remove: ["due", "dueAt"] }, asRead(date)),
    move: (date, dueAt) => updateRow(table, keyOf(date), { set: { dueAt } }, asRead(date)),
    complete: ({ run, date }, to) =>
      putRow(table, toRow(to), {
        when: "#run = :run AND #date = :date AND attribute_not_exists(#doneAt)",
        values: { run, date },
      }),
  };
}

/** A row stands in the due index while a reminder is to come. */
function toRow({ subscriberId, id, ...date }: ReminderDate): Row {
  const days = date.kind === "renewal" ? keptRenewalDays : keptDays;
  return {
    ...keyOf({ subscriberId, id }),
    ...date,
    roster: rosterPartition(subscriberId),
    ...(date.dueAt !== undefined && { due: duePartition("deadline", subscriberId) }),
    expiresAt: toMilliseconds(addDays(`${date.date}T00:00:00.000Z`, days)) / 1000,
  };
}

function asRead({ run, date, dueAt }: DueDate) {
  return { when: "#run = :run AND #date = :date AND #dueAt = :dueAt", values: { run, date, dueAt } };
}

function keyOf({ subscriberId, id }: Pick<ReminderDate, "subscriberId" | "id">) {
  return { pk: `SUB#${subscriberId}`, sk: `DATE#${id}` };
}

function toDate(row: Row): ReminderDate {
  return {
    ...DateRow.parse(row),
    subscriberId: row.pk.slice("SUB#".length),
    id: row.sk.slice("DATE#".length),
  };
}
