import {
  BatchExecuteStatementCommand,
  ExecuteStatementCommand,
  GetItemCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import type { Clients } from "../grants/probes.ts";
import { startGuarded } from "../grants/servers.ts";

const S = (text: string) => ({ S: text });
const insert = (pk: string, table = "stepletter") => ({
  Statement: `INSERT INTO "${table}" VALUE {'pk': ?, 'sk': ?, 'state': ?}`,
  Parameters: [S(pk), S("X"), S("new")],
});
const update = (pk: string, from: string, to = "changed") => ({
  Statement: `UPDATE "stepletter" SET "state" = ? WHERE "pk" = ? AND "sk" = ? AND "state" = ?`,
  Parameters: [S(to), S(pk), S("X"), S(from)],
});

async function run({ dynamodb }: Clients, ...Statements: ReturnType<typeof insert>[]) {
  const { Responses = [] } = await dynamodb.send(new BatchExecuteStatementCommand({ Statements }));
  return Responses.map(({ Error: error, TableName }) => error?.Code ?? TableName);
}

async function stateOf({ dynamodb }: Clients, pk: string) {
  const { Item } = await dynamodb.send(
    new GetItemCommand({ TableName: "stepletter", Key: { pk: S(pk), sk: S("X") } }),
  );
  return Item?.state?.S;
}

describe("the door before the local table", () => {
  it("carries out each statement on its own, and answers in their order", async () => {
    const clients = (await startGuarded()).as("operator");
    expect(await run(clients, insert("a"), update("none", "new"), insert("b"))).toEqual([
      "stepletter",
      "ConditionalCheckFailed",
      "stepletter",
    ]);
    expect(await run(clients, insert("a"), update("b", "other"), update("b", "new"))).toEqual([
      "DuplicateItem",
      "ConditionalCheckFailed",
      "stepletter",
    ]);
    expect([await stateOf(clients, "a"), await stateOf(clients, "b")]).toEqual(["new", "changed"]);
    expect(await stateOf(clients, "none")).toBeUndefined();
  });

  it("refuses what it does not know, by itself, and carries out the rest", async () => {
    const clients = (await startGuarded()).as("operator");
    const select = { Statement: 'SELECT * FROM "stepletter"', Parameters: [] };
    const long = { ...insert("c"), Statement: `${insert("c").Statement}${" ".repeat(8192)}` };
    expect(await run(clients, select as never, long, insert("a"))).toEqual([
      "ValidationError",
      "ValidationError",
      "stepletter",
    ]);
    expect(await run(clients, insert("a", "stepletter-other"))).toEqual(["ResourceNotFound"]);
  });

  it("takes 25 statements, and no call of more or of none", async () => {
    const clients = (await startGuarded()).as("operator");
    const many = Array.from({ length: 26 }, (_, n) => insert(`m${n}`));
    expect(await run(clients, ...many.slice(1))).toEqual(new Array(25).fill("stepletter"));
    await expect(run(clients, ...many)).rejects.toMatchObject({ name: "ValidationException" });
    await expect(run(clients)).rejects.toMatchObject({ name: "ValidationException" });
    expect(await stateOf(clients, "m0")).toBeUndefined();
  });

  it("has no single statements", async () => {
    const { dynamodb } = (await startGuarded()).as("operator");
    await expect(dynamodb.send(new ExecuteStatementCommand(insert("a")))).rejects.toMatchObject({
      name: "UnknownOperationException",
    });
  });

  it("lets a function do what is granted, statement by statement", async () => {
    const { manifest, as } = await startGuarded();
    const send = manifest.functions["send-packet"]?.permissions.find(({ on }) => on === "table");
    if (!send) throw new Error("send-packet has no table");
    send.actions = send.actions.filter((action) => action !== "dynamodb:PartiQLUpdate");
    const clients = as("send-packet");
    expect(await run(clients, insert("a"), update("a", "new"))).toEqual(["stepletter", "AccessDenied"]);
    send.rowsOf = "SUB#";
    expect(await run(clients, insert("SUB#1"), insert("PACKET#1"))).toEqual(["stepletter", "AccessDenied"]);
    expect(await stateOf(as("operator"), "PACKET#1")).toBeUndefined();
    expect(await stateOf(as("operator"), "a")).toBe("new");
  });

  it("answers nobody whose key is unknown", async () => {
    const { as } = await startGuarded();
    await expect(run(as("stranger"), insert("a"))).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
    expect(await stateOf(as("operator"), "a")).toBeUndefined();
  });
});
