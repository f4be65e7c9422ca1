import { createHash } from "node:crypto";
import type { KeptAnswer, Replays } from "../../core/admin/admin-ports.ts";
import type { Clock } from "../../core/time/clock.ts";
import { deleteRow, getRow, putRow, type Row, rowVersion, type Table, updateRow } from "./table.ts";

const keptSeconds = 86_400;
/** Longer than the function that claimed it can have lived: then it has died, and the work may be done again. */
const patienceMs = 60_000;

/** Requests with an `Idempotency-Key`: a row for each, with the answer once there is one. In real time, as functions live. */
export function dynamoReplays(table: Table, { elapsed }: Pick<Clock, "elapsed">): Replays {
  return {
    async claim(who, key, request) {
      const at = elapsed();
      const expiresAt = Math.floor(at / 1000) + keptSeconds;
      const row = { ...keyOf(who, key), v: rowVersion, request, claimedUntil: at + patienceMs, expiresAt };
      const mine = await putRow(table, row, {
        when: "attribute_not_exists(#pk) OR #expiresAt < :second OR (#request = :request AND attribute_not_exists(#status) AND #claimedUntil < :at)",
        values: { second: Math.floor(at / 1000), request, at },
      });
      if (mine) return "mine";
      const known = await getRow(table, keyOf(who, key));
      if (!known) return "in-progress";
      if (known.request !== request) return "other";
      return answerIn(known) ?? "in-progress";
    },
    async keep(who, key, { status, body }) {
      await updateRow(table, keyOf(who, key), { set: { status, body } }, { when: "attribute_exists(#pk)" });
    },
    drop: (who, key) => deleteRow(table, keyOf(who, key)),
  };
}

function answerIn({ status, body }: Row): KeptAnswer | undefined {
  return typeof status === "number" && typeof body === "string" ? { status, body } : undefined;
}

function keyOf(who: string, key: string) {
  return { pk: `IDEM#${who}`, sk: `KEY#${createHash("sha256").update(key).digest("hex")}` };
}
