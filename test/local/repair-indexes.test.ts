import { join } from "node:path";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ClassicLevel } from "classic-level";
import { afterEach, describe, expect, it } from "vitest";
import { dynamoEnrolments } from "../../adapters/dynamodb/enrolments.ts";
import { service } from "../../infra/service.ts";
import { startServers } from "../../local/servers.ts";
import { tempDir } from "./temp-dir.ts";

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function open(dataDir: string) {
  const { dynamodb } = await startServers(service, dataDir, {}, (close) => closers.unshift(close));
  const client = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } });
  return dynamoEnrolments({ client, name: service.name });
}

/** Changes entries of the due index behind the table's back, as a kill between two writes does. */
async function disturb(
  dataDir: string,
  change: (disk: Disk, key: string, entry: Entry) => Promise<void>,
): Promise<void> {
  for (const close of closers.splice(0)) await close();
  const disk: Disk = new ClassicLevel(join(dataDir, "dynamodb"), { valueEncoding: "json" });
  const prefix = `index-global~${service.name}~due~`;
  for (const [key, entry] of await disk.iterator({ gte: prefix, lt: `${prefix}~` }).all()) {
    await change(disk, key, entry);
  }
  await disk.close();
}
type Disk = ClassicLevel<string, Entry>;
type Entry = Record<string, { S: string }>;

const dueAt = "2027-03-01T09:00:00.000Z";
const enrolment = {
  subscriberId: "sub_1",
  course: "records",
  run: 1,
  state: "walking",
  step: "welcome",
  dueAt,
  startedAt: dueAt,
} as const;

describe("after a kill between a row and its index entry", () => {
  it("a row whose entry is missing is found again", async () => {
    const dataDir = tempDir();
    await (await open(dataDir)).start(enrolment);
    await disturb(dataDir, (disk, key) => disk.del(key));
    expect(await (await open(dataDir)).due(dueAt, 10)).toHaveLength(1);
  });

  it("an entry whose row says otherwise is gone, and the row's own stands", async () => {
    const dataDir = tempDir();
    await (await open(dataDir)).start(enrolment);
    const old: [string, Entry][] = [];
    await disturb(dataDir, async (_, key, entry) => void old.push([key, entry]));
    const later = "2027-03-03T09:00:00.000Z";
    await (await open(dataDir)).advance(enrolment, { state: "walking", step: "school", dueAt: later });
    await disturb(dataDir, async (disk) =>
      disk.batch(old.map(([key, value]) => ({ type: "put", key, value }))),
    );
    const enrolments = await open(dataDir);
    expect(await enrolments.due(dueAt, 10)).toEqual([]);
    expect(await enrolments.due(later, 10)).toMatchObject([{ step: "school", dueAt: later }]);
  });

  it("an entry without a row is gone", async () => {
    const dataDir = tempDir();
    await (await open(dataDir)).start(enrolment);
    await disturb(dataDir, async (disk) => {
      const prefix = `item-${service.name}~`;
      for (const key of await disk.keys({ gte: prefix, lt: `${prefix}~` }).all()) await disk.del(key);
    });
    expect(await (await open(dataDir)).due(dueAt, 10)).toEqual([]);
  });
});
