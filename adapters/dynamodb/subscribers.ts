import { duePartition } from "../../core/due.ts";
import { isGuest } from "../../core/guest/guest.ts";
import type { Subscribers } from "../../core/ports.ts";
import { Subscriber } from "../../core/subscriber/subscriber.ts";
import { addDays, toMilliseconds } from "../../core/time/instant.ts";
import { rosterPartition } from "./roster.ts";
import { dueRows, getRow, getRows, putRow, type Row, type Table } from "./table.ts";

/** A guest is kept so long after the last mail that was asked for. */
const guestDays = 30;

/** Profiles of subscribers. A change is stored over the revision that it was made from. */
export function dynamoSubscribers(table: Table): Subscribers {
  return {
    create: (subscriber) => putRow(table, profileRow(subscriber), { when: "attribute_not_exists(#pk)" }),
    async load(id) {
      const row = await getRow(table, keyOf(id));
      return row && Subscriber.parse(row);
    },
    async loadMany(ids) {
      const rows = await getRows(table, ids.map(keyOf));
      return new Map(rows.map((row) => [idOf(row), Subscriber.safeParse(row).data ?? "unreadable"]));
    },
    replace: (subscriber) =>
      putRow(table, profileRow({ ...subscriber, rev: subscriber.rev + 1 }), {
        when: "#rev = :rev",
        values: { rev: subscriber.rev },
      }),
    async due(now, limit) {
      return (await dueRows(table, "subscriber", now, limit)).map(idOf);
    },
  };
}

function keyOf(id: string) {
  return { pk: `SUB#${id}`, sk: "PROFILE" };
}

function idOf(row: Row): string {
  return row.pk.slice("SUB#".length);
}

/** The row of a profile. */
export function profileRow(subscriber: Subscriber): Row {
  const [dueAt] = Object.values(subscriber.todo).filter(Boolean).sort();
  return {
    ...keyOf(subscriber.id),
    ...subscriber,
    ...(isGuest(subscriber.id)
      ? { expiresAt: toMilliseconds(addDays(subscriber.changedAt, guestDays)) / 1000 }
      : subscriber.todo.erase === undefined && { roster: rosterPartition(subscriber.id) }),
    ...(dueAt && { due: duePartition("subscriber", subscriber.id), dueAt }),
  };
}
