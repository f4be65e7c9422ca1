import { AdminKey } from "../../core/admin/admin-key.ts";
import type { AdminKeys } from "../../core/admin/admin-ports.ts";
import { getRow, putRow, type Table } from "./table.ts";

const first = { pk: "ADMIN#FIRST", sk: "KEY" };

/** Keys of admins: a row per hash, and one that names the first of them. */
export function dynamoAdminKeys(table: Table): AdminKeys {
  return {
    async find(hash) {
      const row = await getRow(table, keyOf(hash));
      return row && AdminKey.parse(row);
    },
    async add(hash, key) {
      await putRow(table, { ...keyOf(hash), ...key });
    },
    async firstMadeAt() {
      const row = await getRow(table, first);
      return row && String(row.createdAt);
    },
    async markFirst(hash, createdAt) {
      if (await putRow(table, { ...first, hash, createdAt }, { when: "attribute_not_exists(#pk)" }))
        return true;
      // The SDK may have repeated a write whose answer was lost.
      return (await getRow(table, first))?.hash === hash;
    },
  };
}

function keyOf(hash: string) {
  return { pk: `ADMIN#${hash}`, sk: "KEY" };
}
