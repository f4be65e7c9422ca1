import type { DueWork, Sending } from "../../core/account/account-ports.ts";
import { SendingState } from "../../core/account/sending-state.ts";
import { dueKinds } from "../../core/due.ts";
import { dueRows, getRow, putRow, type Table } from "./table.ts";

const key = { pk: "ACCOUNT", sk: "SENDING" };

/** The account's row of sending; each change is stored over the one that was read. */
export function dynamoSending(table: Table): Sending {
  return {
    table: table.name,
    async load() {
      const row = await getRow(table, key);
      return row && SendingState.parse(row);
    },
    replace: (was, state) =>
      putRow(
        table,
        { ...key, ...state, rev: revisionOf(state) },
        was
          ? { when: "#rev = :was", values: { was: revisionOf(was) } }
          : { when: "attribute_not_exists(#pk)" },
      ),
  };
}

/** A state tells itself apart by all that it says. */
function revisionOf({ table, heldAt, copyNoticedAt, doubtUntil }: SendingState): string {
  return JSON.stringify([table, heldAt, copyNoticedAt, doubtUntil]);
}

/**
 * Packets wait for their senders, feeds for the quarter of an hour, and a long audience takes its time to be
 * frozen: none of them tells whether dispatch keeps up.
 */
const patient = new Set(["packet", "feed", "campaign"]);
const dispatched = dueKinds.filter((kind) => !patient.has(kind));

/** What dispatch has left in the due index. */
export function dynamoDueWork(table: Table): DueWork {
  return {
    async oldest(now) {
      const rows = await Promise.all(dispatched.map((kind) => dueRows(table, kind, now, 1)));
      return rows
        .flat()
        .map((row) => String(row.dueAt))
        .sort()
        .at(0);
    },
  };
}
