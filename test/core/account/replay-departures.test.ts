import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoSuppressions } from "../../../adapters/dynamodb/addresses.ts";
import { dynamoDepartures } from "../../../adapters/dynamodb/departures.ts";
import { dynamoSubscribers } from "../../../adapters/dynamodb/subscribers.ts";
import type { Table } from "../../../adapters/dynamodb/table.ts";
import { type ReplayDeparturesDeps, replayDepartures } from "../../../core/account/replay-departures.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { bounced, member, subscriber } from "../../helpers/subscribers.ts";
import { startTable } from "../../helpers/table.ts";

const now = "2027-03-05T12:00:00.000Z";
const tables: { table: Table; stop: () => Promise<void> }[] = [];
let deps: ReplayDeparturesDeps;
let lost: Table;
beforeAll(async () => {
  tables.push(await startTable(), await startTable());
  const [restored, old] = tables.map(({ table }) => table) as [Table, Table];
  lost = old;
  deps = {
    subscribers: dynamoSubscribers(restored),
    suppressions: dynamoSuppressions(restored),
    clock: { now: () => now, elapsed: () => 0, sleep: async () => {} },
  };
});
afterAll(() => Promise.all(tables.map(({ stop }) => stop())));

/** Someone as the backup has them, and as the lost table knew them at last. */
async function person(id: string, then: Partial<Subscriber>, atLast: Partial<Subscriber> | undefined) {
  const known = subscriber({ id, addressHash: `hash-${id}`, ...then });
  await deps.subscribers.create(known);
  if (atLast) await dynamoSubscribers(lost).create({ ...known, ...atLast });
}

describe("replaying departures over a restored table", () => {
  it("carries over suppressed addresses, bounces and lists that were left, and nothing else, once", async () => {
    await person("left", member("joined"), member("left"));
    await person(
      "bounced",
      { ...member("joined"), todo: { enrol: now } },
      { ...member("joined"), ...bounced },
    );
    await person("stays", member("joined"), { ...member("joined"), name: "Other" });
    await person("joined-later", member("wanted"), member("joined"));
    await person("came-back", member("joined", 2), member("left", 1));
    await person("only-in-backup", member("joined"), undefined);
    await dynamoSubscribers(lost).create(subscriber({ id: "only-in-lost", ...member("left") }));
    await dynamoSuppressions(lost).add("hash-bounced", "bounce", "2027-03-02T12:00:00.000Z");
    await dynamoSuppressions(lost).add("hash-known", "complaint", "2027-03-03T12:00:00.000Z");
    await deps.suppressions.add("hash-known", "complaint", "2027-03-01T12:00:00.000Z");

    const from = dynamoDepartures(lost);
    expect(await replayDepartures(deps, from)).toEqual({ suppressions: 1, subscribers: 2 });
    expect(await replayDepartures(deps, from)).toEqual({ suppressions: 0, subscribers: 0 });

    const lookUp = async (id: string) => await deps.subscribers.load(id);
    expect(await lookUp("left")).toMatchObject(member("left"));
    expect(await lookUp("bounced")).toMatchObject({ ...bounced, todo: {} });
    expect(await lookUp("stays")).toMatchObject({ name: "Ada", ...member("joined") });
    expect(await lookUp("joined-later")).toMatchObject(member("wanted"));
    expect(await lookUp("came-back")).toMatchObject(member("joined", 2));
    expect(await lookUp("only-in-backup")).toMatchObject(member("joined"));
    expect(await lookUp("only-in-lost")).toBeUndefined();
    expect(await deps.suppressions.has("hash-bounced")).toBe(true);
  });
});
