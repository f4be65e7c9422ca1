import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoDigests } from "../../../adapters/dynamodb/digests.ts";
import type { Digests } from "../../../core/digest/digest-ports.ts";
import { startTable } from "../../helpers/table.ts";

let digests: Digests;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTable();
  digests = dynamoDigests(started.table);
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
    expect(await digests.advance(first("sub_4"), "stopped")).toBe(false);
    expect(await find("sub_4", dueAt)).toEqual(first("sub_4", 2));
  });

  it("leave the due index when they stop, and come back with a new run", async () => {
    await digests.start(first("sub_5"));
    expect(await digests.advance(first("sub_5"), "stopped")).toBe(true);
    expect(await find("sub_5", "2030-01-01T00:00:00.000Z")).toBeUndefined();
    expect(await digests.start(first("sub_5", 2))).toBe(true);
    expect(await find("sub_5", dueAt)).toEqual(first("sub_5", 2));
  });
});
