import type { PersonRow, PersonRows } from "../../core/person/person-ports.ts";
import { erasedAttribute } from "./delivery-row.ts";
import { deleteRow, deleteRowIf, type Row, rowsUnder, type Table, updateRow } from "./table.ts";

/** Where a row stands, and in which indexes: nothing about a person. */
const technical = new Set(["pk", "sk", "v", "due", "roster"]);

/** All rows under a person's id, of whatever kind. */
export function dynamoPersonRows(table: Table): PersonRows {
  return {
    of: async (subscriberId) => (await rowsUnder(table, keyOf(subscriberId, ""))).map(toPersonRow),
    async remove(subscriberId, name) {
      await deleteRow(table, keyOf(subscriberId, name));
    },
    removeProfile: (subscriberId, rev) =>
      deleteRowIf(table, keyOf(subscriberId, "PROFILE"), { when: "#rev = :rev", values: { rev } }),
    anonymise: (subscriberId, { name, values: { state, owner } }, at) =>
      updateRow(
        table,
        keyOf(subscriberId, name),
        {
          set: {
            owner: "erased",
            [erasedAttribute]: at,
            ...(state === "sending" && { state: "unknown", reason: "erased" }),
          },
          remove: ["messageId", "due", "dueAt"],
        },
        { when: "#state = :state AND #owner = :owner", values: { state, owner } },
      ),
  };
}

function toPersonRow({ sk, ...row }: Row): PersonRow {
  return {
    name: sk,
    values: Object.fromEntries(Object.entries(row).filter(([attribute]) => !technical.has(attribute))),
  };
}

function keyOf(subscriberId: string, name: string) {
  return { pk: `SUB#${subscriberId}`, sk: name };
}
