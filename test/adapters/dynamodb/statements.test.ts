import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { dynamodbClient } from "../../../adapters/clients.ts";
import { dynamoDeliveries } from "../../../adapters/dynamodb/deliveries.ts";
import { executeStatements, insertOf, updateOf } from "../../../adapters/dynamodb/statements.ts";
import type { Table } from "../../../adapters/dynamodb/table.ts";
import { type AwsStub, Refusal, startAwsStub } from "../../helpers/aws-stub.ts";

interface Asked {
  Statements: { Statement: string; Parameters: { S?: string; N?: string }[] }[];
}
type StatementAnswer = { Error?: { Code: string; Message: string }; TableName?: string };

let stub: AwsStub;
let table: Table;
/** The keys of each call. */
let calls: string[][];
/** What a row's statement is answered, one after another; then that it was carried out. */
let codes: Record<string, string[]>;

beforeEach(async () => {
  calls = [];
  codes = {};
  stub = await startAwsStub({ "dynamodb:BatchExecuteStatement": answer });
  const client = dynamodbClient({
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL_DYNAMODB: stub.url,
  } as Parameters<typeof dynamodbClient>[0]);
  table = { client, name: "stepletter" };
});
afterEach(async () => {
  table.client.destroy();
  await stub.close();
});

function answer({ Statements }: Asked): { Responses: StatementAnswer[] } {
  const keys = Statements.map(({ Parameters }) => Parameters.find(({ S }) => S?.startsWith("SUB#"))?.S ?? "");
  calls.push(keys);
  return {
    Responses: keys.map((key) => {
      const Code = codes[key]?.shift();
      return Code ? { Error: { Code, Message: "refused" }, TableName: "x" } : { TableName: "x" };
    }),
  };
}

const insertions = (count: number) =>
  Array.from({ length: count }, (_, n) => insertOf(table, { pk: `SUB#${n}`, sk: "MAIL#m", v: 1 }));

describe("a statement", () => {
  it("has every value as a parameter, and names in quotes", () => {
    expect(insertOf(table, { pk: "SUB#'\"?", sk: "MAIL#m", state: "sending", reason: undefined })).toEqual({
      Statement: `INSERT INTO "stepletter" VALUE {'pk': ?, 'sk': ?, 'state': ?}`,
      Parameters: ["SUB#'\"?", "MAIL#m", "sending"],
    });
    expect(
      updateOf(
        table,
        { pk: "SUB#1", sk: "MAIL#m" },
        { set: { state: "sent", reason: undefined, messageId: "m1" }, remove: ["due", "dueAt"] },
        { owner: "pkt_1.1", state: ["sending", "unknown"], attempt: 1 },
      ),
    ).toEqual({
      Statement:
        'UPDATE "stepletter" SET "state" = ? SET "messageId" = ? REMOVE "due" REMOVE "dueAt"' +
        ' WHERE "pk" = ? AND "sk" = ? AND "owner" = ? AND "state" IN [?, ?] AND "attempt" = ?',
      Parameters: ["sent", "m1", "SUB#1", "MAIL#m", "pkt_1.1", "sending", "unknown", 1],
    });
  });

  it("is shorter than 8,192 characters, however long the names and values are", async () => {
    const long = "x".repeat(255);
    const texts: string[] = [];
    stub.answers["dynamodb:BatchExecuteStatement"] = (asked: Asked) => {
      texts.push(...asked.Statements.map(({ Statement }) => Statement));
      return answer(asked);
    };
    const deliveries = dynamoDeliveries({ ...table, name: long });
    const due = "2027-03-01T09:15:00.000Z";
    await deliveries.claimMany({ mailing: long, owner: long, attempt: 1, claimedAt: due }, [long]);
    await deliveries.settleMany(
      { mailing: long, owner: long },
      [
        [`${long}1`, { state: "unknown", reason: long.repeat(99), dueAt: due }],
        [`${long}2`, { state: "sent", messageId: long }],
      ],
      due,
    );
    expect(texts).toHaveLength(3);
    for (const text of texts) expect(text.length).toBeLessThan(1000);
  });
});

describe("statements", () => {
  it("go 25 a call, and are answered in their order", async () => {
    codes = { "SUB#0": ["DuplicateItem"], "SUB#30": ["ConditionalCheckFailed"] };
    const results = await executeStatements(table, insertions(51));
    expect(calls.map((keys) => keys.length).sort()).toEqual([1, 25, 25]);
    expect(results.flatMap((done, index) => (done ? [] : [index]))).toEqual([0, 30]);
    expect(results).toHaveLength(51);
  });

  it("that are none ask nothing", async () => {
    expect(await executeStatements(table, [])).toEqual([]);
    expect(calls).toEqual([]);
  });

  it.each([
    "ProvisionedThroughputExceeded",
    "ThrottlingError",
    "RequestLimitExceeded",
    "TransactionConflict",
    "InternalServerError",
  ])("of which some are answered %s are asked again, these alone", async (code) => {
    codes = { "SUB#1": [code, code], "SUB#2": [code, "DuplicateItem"] };
    expect(await executeStatements(table, insertions(4))).toEqual([true, true, false, true]);
    expect(calls).toEqual([["SUB#0", "SUB#1", "SUB#2", "SUB#3"], ["SUB#1", "SUB#2"], ["SUB#1"]]);
  });

  it("that have no answer of their own are asked again", async () => {
    stub.answers["dynamodb:BatchExecuteStatement"] = (asked: Asked) => {
      const { Responses } = answer(asked);
      return { Responses: calls.length === 1 ? Responses.slice(0, 1) : Responses };
    };
    expect(await executeStatements(table, insertions(2))).toEqual([true, true]);
    expect(calls).toEqual([["SUB#0", "SUB#1"], ["SUB#1"]]);
  });

  it("that stay throttled fail after a few times, as unavailable", async () => {
    codes = { "SUB#1": new Array(20).fill("ThrottlingError") };
    await expect(executeStatements(table, insertions(2))).rejects.toMatchObject({
      kind: "unavailable",
      code: "dynamodb.unavailable",
    });
    expect(calls).toHaveLength(6);
  });

  it.each([
    "AccessDenied",
    "ValidationError",
    "ResourceNotFound",
    "ItemCollectionSizeLimitExceeded",
    "SomethingNew",
  ])("of which one is answered %s throw, after the others have been carried out", async (code) => {
    codes = { "SUB#0": [code], "SUB#1": ["ThrottlingError"], "SUB#29": ["ThrottlingError"] };
    await expect(executeStatements(table, insertions(30))).rejects.toMatchObject({
      code: "dynamodb.statement",
      message: expect.stringContaining(code),
    });
    expect(calls.flat().filter((key) => key === "SUB#1")).toHaveLength(2);
    expect(calls.flat().filter((key) => key === "SUB#29")).toHaveLength(2);
  });

  it("throw when a call fails as a whole", async () => {
    stub.answers["dynamodb:BatchExecuteStatement"] = new Refusal("ResourceNotFoundException", "no table");
    await expect(executeStatements(table, insertions(1))).rejects.toMatchObject({
      code: "dynamodb.unavailable",
    });
  });
});
