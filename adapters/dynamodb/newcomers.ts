import type { Newcomers } from "../../core/import/import-ports.ts";
import type { Newcomer } from "../../core/import/newcomer.ts";
import { claimKey } from "./addresses.ts";
import { digestRow } from "./digests.ts";
import { enrolmentRow } from "./enrolments.ts";
import { nudgeRow } from "./nudges.ts";
import { executeStatements, insertOf } from "./statements.ts";
import { profileRow } from "./subscribers.ts";
import { suppressionKey } from "./suppressions.ts";
import { getRows, type Row, rowVersion, type Table } from "./table.ts";

/** People who are added many at a time, by statements: a call writes 25 rows, each on its own condition. */
export function dynamoNewcomers(table: Table): Newcomers {
  const insert = (rows: Row[]) =>
    executeStatements(
      table,
      rows.map((row) => insertOf(table, { v: rowVersion, ...row })),
    );
  return {
    async claims(addressHashes) {
      const rows = await getRows(table, addressHashes.map(claimKey));
      return new Map(
        rows.map(({ pk, subscriberId, erasedAt }) => [
          pk.slice("ADDR#".length),
          {
            ...(typeof subscriberId === "string" && { subscriberId }),
            erased: erasedAt !== undefined,
          },
        ]),
      );
    },
    async suppressed(addressHashes) {
      const rows = await getRows(table, addressHashes.map(suppressionKey));
      return new Set(rows.map(({ pk }) => pk.slice("SUPPRESS#".length)));
    },
    async add(newcomers) {
      const claimed = await insert(
        newcomers.map(({ subscriber: { id, addressHash } }) => ({
          ...claimKey(addressHash),
          subscriberId: id,
        })),
      );
      const ours = newcomers.filter((_, index) => claimed[index]);
      // Before the profiles: from those on dispatch, too, may find what is due.
      await insert(ours.flatMap(beginningRows));
      const added = await insert(ours.map(({ subscriber }) => profileRow(subscriber)));
      const ids = new Set(ours.filter((_, index) => added[index]).map(({ subscriber }) => subscriber.id));
      return newcomers.map(({ subscriber }) => ids.has(subscriber.id));
    },
  };
}

function beginningRows({ enrolments, nudges, digests }: Newcomer): Row[] {
  return [...enrolments.map(enrolmentRow), ...nudges.map(nudgeRow), ...digests.map(digestRow)];
}
