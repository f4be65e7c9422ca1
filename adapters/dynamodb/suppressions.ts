import * as z from "zod";
import type { SuppressionRecords } from "../../core/person/person-ports.ts";
import type { Suppressions } from "../../core/ports.ts";
import { lighterThan, suppressionReasons } from "../../core/suppression/suppression.ts";
import type { SuppressionList } from "../../core/suppression/suppression-ports.ts";
import { deleteRow, getRow, putRow, queryIndex, type RowKey, type Table } from "./table.ts";

/** They stand in a partition of their own of the index that holds everybody: to be listed, never to be written to. */
const partition = "suppressed";
const prefix = "SUPPRESS#";

const SuppressionRow = z.object({
  pk: z.string(),
  reason: z.enum(suppressionReasons),
  since: z.string(),
  subscriberId: z.string().exactOptional(),
});

/** Where the suppression of an address stands. */
export function suppressionKey(addressHash: string): RowKey {
  return { pk: `${prefix}${addressHash}`, sk: "SUPPRESS" };
}

/** Addresses that are not written to: the weightiest evidence stands, in whatever order it comes. */
export function dynamoSuppressions(table: Table): Suppressions & SuppressionRecords & SuppressionList {
  const find: SuppressionList["find"] = async (addressHash) => {
    const row = await getRow(table, suppressionKey(addressHash));
    if (!row) return undefined;
    const { reason, since } = SuppressionRow.parse(row);
    return { reason, since };
  };
  return {
    async add(addressHash, { reason, since }, subscriberId) {
      const lighter = lighterThan(reason);
      const outweighs = lighter.map((_, index) => `#reason = :lighter${index}`);
      await putRow(
        table,
        {
          ...suppressionKey(addressHash),
          ...{ roster: partition, reason, since },
          ...(subscriberId !== undefined && { subscriberId }),
        },
        {
          when: ["attribute_not_exists(#pk)", "(#reason = :reason AND #since > :since)", ...outweighs].join(
            " OR ",
          ),
          values: {
            ...{ reason, since },
            ...Object.fromEntries(lighter.map((one, index) => [`lighter${index}`, one])),
          },
        },
      );
    },
    async has(addressHash) {
      return (await getRow(table, suppressionKey(addressHash))) !== undefined;
    },
    find,
    async page(cursor, limit) {
      const { rows, more } = await queryIndex(table, {
        index: "roster",
        when: "#roster = :roster AND #pk > :after",
        values: { roster: partition, after: `${prefix}${cursor ?? ""}` },
        limit,
      });
      const suppressions = rows.map((row) => {
        const { pk, ...suppression } = SuppressionRow.parse(row);
        return { addressHash: pk.slice(prefix.length), ...suppression };
      });
      const last = suppressions.at(-1)?.addressHash;
      return { suppressions, ...(more && last !== undefined && { cursor: last }) };
    },
    async remove(addressHash) {
      await deleteRow(table, suppressionKey(addressHash));
    },
  };
}
