import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { BatchExecuteStatementCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { claimAll, settleAllSent } from "../../bench/candidates/statements.ts";
import { readers } from "../../bench/fixture/readers.ts";
import { CpuMeter } from "../../bench/measure.ts";
import { candidatesOn, groundAt, runThrough } from "../../bench/send-path.ts";
import { type Sink, spawnSink } from "../../bench/sinks/spawn-sink.ts";

const claim = {
  mailing: "digest_2027-W10",
  owner: "pkt_1.1",
  attempt: 1,
  claimedAt: "2027-03-08T09:00:00.000Z",
};

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

  it("answers each statement of a batch, and inserts no row twice", async () => {
    expect(await claimAll(ground.table, ["s1", "s2"], claim)).toEqual(["yes", "yes"]);
    expect(await claimAll(ground.table, ["s2", "s3"], claim)).toEqual(["no", "yes"]);
    const sent = { subscriberId: "s1", messageId: "m1" };
    expect(await settleAllSent(ground.table, [sent], { ...claim, at: claim.claimedAt })).toEqual(["yes"]);
    expect((await sink.counts()).writeUnits).toBe(5);
  });

  it("sends 25 statements in one call, and the rest in a second", async () => {
    const ids = Array.from({ length: 26 }, (_, index) => `s${index}`);
    expect(await claimAll(ground.table, ids, claim)).toHaveLength(26);
    expect((await sink.counts()).requests).toEqual({ BatchExecuteStatement: 2 });
  });

  it("refuses the share of statements that it was asked to, each alone", async () => {
    await sink.reset({ refuseShare: 0.25 });
    const ids = Array.from({ length: 8 }, (_, index) => `s${index}`);
    const results = await claimAll(ground.table, ids, claim);
    expect(results.filter((result) => result === "no")).toHaveLength(2);
  });

  it("tells a throttled statement from one that may never be carried out", async () => {
    await sink.reset({ refuseShare: 0.5, refuseCode: "ThrottlingError" });
    expect(await claimAll(ground.table, ["s1", "s2"], claim)).toEqual(["yes", "again"]);
    await sink.reset({ refuseShare: 1, refuseCode: "AccessDenied" });
    await expect(claimAll(ground.table, ["s1"], claim)).rejects.toThrow("refused a statement: AccessDenied");
  });

  // The SDK repeats a call whose answer was lost; what it inserted itself then looks taken.
  it("shows a claim whose answer was lost as taken", async () => {
    await sink.reset({ loseAnswers: 1 });
    expect(await claimAll(ground.table, ["s1"], claim)).toEqual(["no"]);
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
