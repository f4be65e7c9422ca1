import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoDigests } from "../../../adapters/dynamodb/digests.ts";
import type { Table } from "../../../adapters/dynamodb/table.ts";
import type { Digests } from "../../../core/digest/digest-ports.ts";
import { startTable } from "../../helpers/table.ts";

let digests: Digests;
let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTable();
  table = started.table;
  digests = dynamoDigests(table);
  stop = started.stop;
});
afterAll(() => stop());

const dueAt = "2027-03-08T14:00:00.000Z";
const next = { edition: "2027-W11", dueAt: "2027-03-15T13:00:00.000Z" };
const first = (subscriberId: string, run = 1) => ({ subscriberId, run, edition: "2027-W10", dueAt });
const find = async (subscriberId: string, now: string) =>
  (await digests.due(now, 1000)).find((digest) => digest.subscriberId === subscriberId);

describe("digest subscriptions", () => {
  it("start a run once; a later run starts over, an earlier one does not", async () => {
    expect(await digests.start(first("sub_1", 2))).toBe(true);
    expect(await digests.start(first("sub_1", 2))).toBe(false);
    expect(await digests.start(first("sub_1", 1))).toBe(false);
    expect(await digests.start(first("sub_1", 3))).toBe(true);
  });

  it("are due from their instant on, with their edition", async () => {
    await digests.start(first("sub_2"));
    expect(await find("sub_2", "2027-03-08T13:59:59.999Z")).toBeUndefined();
    expect(await find("sub_2", dueAt)).toEqual(first("sub_2"));
  });

  it("advance once from what was read", async () => {
    await digests.start(first("sub_3"));
    expect(await digests.advance(first("sub_3"), next)).toBe(true);
    expect(await digests.advance(first("sub_3"), next)).toBe(false);
    expect(await find("sub_3", dueAt)).toBeUndefined();
    expect(await find("sub_3", next.dueAt)).toMatchObject(next);
  });

  it("of a new run are not stopped by what was read of the old one", async () => {
    await digests.start(first("sub_4"));
    await digests.start(first("sub_4", 2));
    expect(await digests.advance(first("sub_4"), { stopped: true, since: "2027-W11" })).toBe(false);
    expect(await find("sub_4", dueAt)).toEqual(first("sub_4", 2));
  });

  it("leave the due index when they stop, and come back with a new run", async () => {
    await digests.start(first("sub_5"));
    expect(await digests.advance(first("sub_5"), { stopped: true, since: "2027-W11" })).toBe(true);
    expect(await find("sub_5", "2030-01-01T00:00:00.000Z")).toBeUndefined();
    expect(await digests.start(first("sub_5", 2))).toBe(true);
    expect(await find("sub_5", dueAt)).toEqual(first("sub_5", 2));
  });

  it("are what their rows say, where the index is behind them", async () => {
    await digests.start(first("sub_6"));
    await digests.start(first("sub_7"));
    const { client, name } = table;
    // An index that answers for ever what it answered first.
    const listed = new Map<unknown, unknown>();
    const send = async (command: QueryCommand) => {
      if (!(command instanceof QueryCommand)) return client.send(command);
      const partition = command.input.ExpressionAttributeValues?.[":due"];
      if (!listed.has(partition)) listed.set(partition, await client.send(command));
      return listed.get(partition);
    };
    const behind = dynamoDigests({ client: { send } as unknown as Table["client"], name });
    expect(await behind.due(dueAt, 1000)).toContainEqual(first("sub_6"));
    const month = { since: "2027-W10", edition: "2027-W14", dueAt: "2027-04-05T13:00:00.000Z" };
    expect(await digests.advance(first("sub_6"), month)).toBe(true);
    const due = await behind.due(dueAt, 1000);
    expect(due).toContainEqual(first("sub_7"));
    expect(due.map(({ subscriberId }) => subscriberId)).not.toContain("sub_6");
  });
});
