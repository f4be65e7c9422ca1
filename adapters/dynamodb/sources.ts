import { Source } from "../../core/source/source.ts";
import type { Sources } from "../../core/source/source-ports.ts";
import { deleteRow, getRow, putRow, rowsUnder, type Table } from "./table.ts";

const pk = "SOURCES";
const prefix = "SOURCE#";

/** Sources of signups, few enough to share a partition. */
export function dynamoSources(table: Table): Sources {
  const keyOf = (name: string) => ({ pk, sk: `${prefix}${name}` });
  return {
    async load(name) {
      const row = await getRow(table, keyOf(name));
      return row && Source.parse(row);
    },
    list: async () => (await rowsUnder(table, { pk, sk: prefix })).map((row) => Source.parse(row)),
    create: (source) =>
      putRow(table, { ...keyOf(source.name), ...source }, { when: "attribute_not_exists(#pk)" }),
    remove: (name) => deleteRow(table, keyOf(name)),
  };
}
