import { AdminKey, keyIdOf } from "../../core/admin/admin-key.ts";
import type { AdminKeys } from "../../core/admin/admin-ports.ts";
import { roles, scopesOf } from "../../core/admin/scopes.ts";
import { deleteRowIf, getRow, putRow, type Row, rowsUnder, type Table } from "./table.ts";

const all = { pk: "ADMIN#KEYS", sk: "KEY#" };
const first = { pk: "ADMIN#FIRST", sk: "KEY" };

/** Keys of admins: all in one partition, a row per hash, and one row that names the first of them. */
export function dynamoAdminKeys(table: Table): AdminKeys {
  const list = async () =>
    (await rowsUnder(table, all)).map((row) => ({ ...toKey(row), id: keyIdOf(hashOf(row)) }));
  return {
    list,
    async find(hash) {
      const row = (await getRow(table, keyOf(hash))) ?? (await getRow(table, formerKeyOf(hash)));
      return row && toKey(row);
    },
    async add(hash, key) {
      await putRow(table, { ...keyOf(hash), ...key });
    },
    async remove(id) {
      const row = (await rowsUnder(table, { ...all, sk: `${all.sk}${id}` }))[0];
      return row !== undefined && deleteRowIf(table, row, { when: "attribute_exists(#pk)" });
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

/** A row of before has a role in place of scopes. */
function toKey(row: Row): AdminKey {
  const role = roles.find((name) => name === row.role);
  return AdminKey.parse({ ...row, ...(role && { scopes: scopesOf(role) }) });
}

function keyOf(hash: string) {
  return { pk: all.pk, sk: `${all.sk}${hash}` };
}

function formerKeyOf(hash: string) {
  return { pk: `ADMIN#${hash}`, sk: "KEY" };
}

function hashOf({ sk }: Row): string {
  return sk.slice(all.sk.length);
}
