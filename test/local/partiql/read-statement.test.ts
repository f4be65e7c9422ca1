import { describe, expect, it } from "vitest";
import { insertOf, updateOf } from "../../../adapters/dynamodb/statements.ts";
import type { Table } from "../../../adapters/dynamodb/table.ts";
import { readStatement, UnknownStatementError } from "../../../local/partiql/read-statement.ts";

const table = { name: "stepletter" } as Table;
const key = { pk: "SUB#1", sk: "MAIL#m" };

/** As the adapter writes it, with its values as they go over the wire. */
function read({ Statement, Parameters }: ReturnType<typeof insertOf>) {
  return readStatement(
    Statement,
    Parameters.map((value) => (typeof value === "number" ? { N: `${value}` } : { S: value })),
  );
}

describe("a statement of the adapter's is read as", () => {
  it("a put of a row that is not there", () => {
    expect(read(insertOf(table, { ...key, state: "sending", attempt: 1 }))).toEqual({
      operation: "PutItem",
      action: "PartiQLInsert",
      request: {
        TableName: "stepletter",
        Item: { pk: { S: "SUB#1" }, sk: { S: "MAIL#m" }, state: { S: "sending" }, attempt: { N: "1" } },
        ConditionExpression: "attribute_not_exists(pk)",
      },
    });
  });

  it("an update of a row that is there, on all its conditions", () => {
    const where = { owner: "pkt_1.1", state: ["sending", "unknown"], attempt: 1 };
    const change = { set: { state: "sent" }, remove: ["due", "dueAt"] };
    expect(read(updateOf(table, key, change, where))).toEqual({
      operation: "UpdateItem",
      action: "PartiQLUpdate",
      request: {
        TableName: "stepletter",
        Key: { pk: { S: "SUB#1" }, sk: { S: "MAIL#m" } },
        UpdateExpression: "SET #state = :v0 REMOVE #due, #dueAt",
        ConditionExpression:
          "attribute_exists(#pk) AND #owner = :v1 AND #state IN (:v2, :v3) AND #attempt = :v4",
        ExpressionAttributeNames: Object.fromEntries(
          ["pk", "state", "due", "dueAt", "owner", "attempt"].map((name) => [`#${name}`, name]),
        ),
        ExpressionAttributeValues: {
          ":v0": { S: "sent" },
          ":v1": { S: "pkt_1.1" },
          ":v2": { S: "sending" },
          ":v3": { S: "unknown" },
          ":v4": { N: "1" },
        },
      },
    });
  });
});

describe("any other statement is refused:", () => {
  const S = (text: string) => ({ S: text });
  it.each<[string, string, { S: string }[]]>([
    ["a literal", `INSERT INTO "t" VALUE {'pk': 'a', 'sk': ?}`, [S("b")]],
    ["without a key", `INSERT INTO "t" VALUE {'pk': ?}`, [S("a")]],
    ["too few parameters", `INSERT INTO "t" VALUE {'pk': ?, 'sk': ?}`, [S("a")]],
    ["too many parameters", `INSERT INTO "t" VALUE {'pk': ?, 'sk': ?}`, [S("a"), S("b"), S("c")]],
    ["UPDATE of a whole partition", `UPDATE "t" SET "a" = ? WHERE "pk" = ?`, [S("1"), S("a")]],
    [
      "UPDATE of one of several rows",
      `UPDATE "t" SET "a" = ? WHERE "pk" = ? AND "sk" IN [?]`,
      [S("1"), S("a"), S("b")],
    ],
    ["UPDATE of nothing", `UPDATE "t" WHERE "pk" = ? AND "sk" = ?`, [S("a"), S("b")]],
    ["OR", `UPDATE "t" SET "a" = ? WHERE "pk" = ? AND "sk" = ? OR "b" = ?`, [S("1"), S("a"), S("b"), S("c")]],
    [
      "another comparison",
      `UPDATE "t" SET "a" = ? WHERE "pk" = ? AND "sk" = ? AND "b" > ?`,
      [S("1"), S("a"), S("b"), S("c")],
    ],
    ["SELECT", `SELECT * FROM "t" WHERE "pk" = ?`, [S("a")]],
    ["DELETE", `DELETE FROM "t" WHERE "pk" = ? AND "sk" = ?`, [S("a"), S("b")]],
    [
      "RETURNING",
      `UPDATE "t" SET "a" = ? WHERE "pk" = ? AND "sk" = ? RETURNING ALL OLD *`,
      [S("1"), S("a"), S("b")],
    ],
  ])("%s", (_what, text, parameters) => {
    expect(() => readStatement(text, parameters)).toThrow(UnknownStatementError);
  });
});
