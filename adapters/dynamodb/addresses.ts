import type { Addresses, Suppressions } from "../../core/ports.ts";
import { getRow, putRow, type Table } from "./table.ts";

/** Address claims: a row per keyed hash that names its subscriber. */
export function dynamoAddresses(table: Table): Addresses {
  return {
    async claim(addressHash, subscriberId) {
      const key = { pk: `ADDR#${addressHash}`, sk: "OWNER" };
      if (await putRow(table, { ...key, subscriberId }, { when: "attribute_not_exists(#pk)" }))
        return subscriberId;
      const claimed = await getRow(table, key);
      return String(claimed?.subscriberId ?? subscriberId);
    },
  };
}

/** Suppressed addresses; the earliest evidence stands, in whatever order it comes. */
export function dynamoSuppressions(table: Table): Suppressions {
  const keyOf = (addressHash: string) => ({ pk: `SUPPRESS#${addressHash}`, sk: "SUPPRESS" });
  return {
    async add(addressHash, reason, since) {
      await putRow(
        table,
        { ...keyOf(addressHash), reason, since },
        {
          when: "attribute_not_exists(#pk) OR #since > :since OR (#since = :since AND #reason > :reason)",
          values: { since, reason },
        },
      );
    },
    async has(addressHash) {
      return (await getRow(table, keyOf(addressHash))) !== undefined;
    },
  };
}
