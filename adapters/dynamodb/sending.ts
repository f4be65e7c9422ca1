import type { DueWork, Sending } from "../../core/account/account-ports.ts";
import { SendingState } from "../../core/account/sending-state.ts";
import { Stop } from "../../core/account/stop.ts";
import { dueKinds } from "../../core/due.ts";
import { dueRows, getRow, getRows, putRow, type Row, rowsUnder, type Table } from "./table.ts";

const key = { pk: "ACCOUNT", sk: "SENDING" };
const stops = "STOP#";
/** Nobody may delete rows here: one whose stop is over says so, and leaves by itself. */
const overDays = 7;

/** The account's rows of sending; each change is stored over the one that was read. */
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
    async loadFor(mailing) {
      const rows = await getRows(table, [key, stopKey(mailing)]);
      const state = rows.find(({ sk }) => sk === key.sk);
      const stop = stopIn(rows.find(({ sk }) => sk !== key.sk));
      return { ...(state && { state: SendingState.parse(state) }), ...(stop && { stop }) };
    },
    replaceStop: (mailing, was, stop) =>
      putRow(
        table,
        {
          ...stopKey(mailing),
          ...(stop ? { stop } : { expiresAt: Math.floor(Date.now() / 1000) + overDays * 86_400 }),
          rev: JSON.stringify(stop ?? null),
        },
        was
          ? { when: "#rev = :was", values: { was: JSON.stringify(was) } }
          : { when: "attribute_not_exists(#pk) OR #rev = :over", values: { over: "null" } },
      ),
    async stoppedMailings() {
      const rows = await rowsUnder(table, { pk: key.pk, sk: stops });
      return rows.flatMap((row) => {
        const stop = stopIn(row);
        return stop ? [{ mailing: row.sk.slice(stops.length), stop }] : [];
      });
    },
  };
}

function stopKey(mailing: string) {
  return { pk: key.pk, sk: `${stops}${mailing}` };
}

function stopIn(row: Row | undefined): Stop | undefined {
  return row?.stop === undefined ? undefined : Stop.parse(row.stop);
}

/** A state tells itself apart by all that it says. */
function revisionOf({ table, heldAt, copyNoticedAt, doubtUntil, stop }: SendingState): string {
  // A row from before there were stops has a revision of four.
  return JSON.stringify([table, heldAt, copyNoticedAt, doubtUntil, ...(stop ? [stop] : [])]);
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
