import type { AddressClaims } from "../../core/person/person-ports.ts";
import type { Addresses } from "../../core/ports.ts";
import { deleteRowIf, getRow, type RowKey, rowVersion, type Table, updateRow } from "./table.ts";

/** Address claims: a row per keyed hash that names its subscriber, or nobody. A tombstone in it stays, whoever claims it. */
export function dynamoAddresses(table: Table): Addresses & AddressClaims {
  const keyOf = claimKey;
  const theirs = (id: string) => ({ when: "#subscriberId = :theirs", values: { theirs: id } });
  return {
    async claim(addressHash, subscriberId) {
      const key = keyOf(addressHash);
      const free = { when: "attribute_not_exists(#subscriberId)" };
      if (await updateRow(table, key, { set: { subscriberId, v: rowVersion } }, free)) return subscriberId;
      const claimed = await getRow(table, key);
      return String(claimed?.subscriberId ?? subscriberId);
    },
    async find(addressHash) {
      const row = await getRow(table, keyOf(addressHash));
      return typeof row?.subscriberId === "string" ? row.subscriberId : undefined;
    },
    retake: (addressHash, from, subscriberId) =>
      updateRow(table, keyOf(addressHash), { set: { subscriberId, v: rowVersion } }, theirs(from)),
    async release(addressHash, subscriberId) {
      const { when, values } = theirs(subscriberId);
      const key = keyOf(addressHash);
      const bare = { when: `${when} AND attribute_not_exists(#erasedAt)`, values };
      const buried = { when: `${when} AND attribute_exists(#erasedAt)`, values };
      if (await deleteRowIf(table, key, bare)) return;
      await updateRow(table, key, { remove: ["subscriberId"] }, buried);
    },
    async bury(addressHash, subscriberId, at) {
      await updateRow(
        table,
        keyOf(addressHash),
        { set: { erasedAt: at, v: rowVersion }, remove: ["subscriberId"] },
        { when: "attribute_not_exists(#pk) OR #subscriberId = :theirs", values: { theirs: subscriberId } },
      );
    },
    async isErased(addressHash) {
      return (await getRow(table, keyOf(addressHash)))?.erasedAt !== undefined;
    },
  };
}

/** Where the claim of an address stands. */
export function claimKey(addressHash: string): RowKey {
  return { pk: `ADDR#${addressHash}`, sk: "OWNER" };
}
