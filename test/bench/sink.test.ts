import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { BatchExecuteStatementCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { executeStatements, insertOf, updateOf } from "../../adapters/dynamodb/statements.ts";
import { readers } from "../../bench/fixture/readers.ts";
import { CpuMeter } from "../../bench/measure.ts";
import { candidatesOn, groundAt, runThrough } from "../../bench/send-path.ts";
import { type Sink, spawnSink } from "../../bench/sinks/spawn-sink.ts";

describe("the sink", () => {
  let sink: Sink;
  let ground: ReturnType<typeof groundAt>;
  beforeAll(async () => {
    sink = await spawnSink();
    ground = groundAt(sink.url);
  });
  beforeEach(() => sink.reset());
  afterAll(() => sink.stop());

  it("charges a write by the KB and a consistent read by four", async () => {
    const { client, name } = ground.table;
    await client.send(
      new PutCommand({ TableName: name, Item: { pk: "a", sk: "b", text: "x".repeat(4200) } }),
    );
    await client.send(
      new GetItemCommand({ TableName: name, Key: { pk: { S: "a" }, sk: { S: "b" } }, ConsistentRead: true }),
    );
    expect(await sink.counts()).toMatchObject({
      writeUnits: 5,
      readUnits: 2,
      requests: { PutItem: 1, GetItem: 1 },
    });
  });

  const sk = "MAIL#digest_2027-W10";
  const insertAll = (...ids: string[]) =>
    executeStatements(
      ground.table,
      ids.map((pk) => insertOf(ground.table, { pk, sk, state: "sending" })),
    );

  it("answers each statement of a batch, and inserts no row twice", async () => {
    expect(await insertAll("s1", "s2")).toEqual([true, true]);
    expect(await insertAll("s2", "s3")).toEqual([false, true]);
    const settle = updateOf(ground.table, { pk: "s1", sk }, { set: { state: "sent" } }, { owner: "pkt_1.1" });
    expect(await executeStatements(ground.table, [settle])).toEqual([true]);
    expect((await sink.counts()).writeUnits).toBe(5);
  });

  it("is asked for 25 statements in one call, and for the rest in a second", async () => {
    expect(await insertAll(...Array.from({ length: 26 }, (_, index) => `s${index}`))).toHaveLength(26);
    expect((await sink.counts()).requests).toEqual({ BatchExecuteStatement: 2 });
  });

  it("refuses the share of statements that it was asked to, each alone", async () => {
    await sink.reset({ refuseShare: 0.25 });
    const results = await insertAll(...Array.from({ length: 8 }, (_, index) => `s${index}`));
    expect(results.filter((done) => !done)).toHaveLength(2);
  });

  it("refuses them for the reason that it was given", async () => {
    await sink.reset({ refuseShare: 0.5, refuseCode: "ThrottlingError" });
    expect(await insertAll("s1", "s2")).toEqual([true, true]);
    expect((await sink.counts()).requests).toEqual({ BatchExecuteStatement: 2 });
    await sink.reset({ refuseShare: 1, refuseCode: "AccessDenied" });
    await expect(insertAll("s1")).rejects.toThrow("AccessDenied");
  });

  // The SDK repeats a call whose answer was lost; what it inserted itself then looks taken.
  it("shows an insertion whose answer was lost as taken", async () => {
    await sink.reset({ loseAnswers: 1 });
    expect(await insertAll("s1")).toEqual([false]);
    expect((await sink.counts()).requests).toEqual({ BatchExecuteStatement: 2 });
  });

  it("throws on a statement that it cannot read", async () => {
    const drop = new BatchExecuteStatementCommand({ Statements: [{ Statement: 'DROP TABLE "x"' }] });
    await expect(ground.table.client.send(drop)).rejects.toThrow("does not know the statement");
  });

  it.each(candidatesOn(groundAt("http://127.0.0.1:1")).map(({ name }, index) => [name, index] as const))(
    "takes every mail and two write units for each: %s",
    async (_name, index) => {
      const candidate = candidatesOn(ground)[index];
      if (!candidate) throw new Error("No such candidate");
      const meter = new CpuMeter();
      await runThrough(candidate, ground, readers(60), meter);
      expect(await sink.counts()).toMatchObject({ mails: 60, writeUnits: 120 });
      expect(Object.keys(meter.spent).sort()).toEqual(["claim", "compose", "send", "settle"]);
    },
  );
});
