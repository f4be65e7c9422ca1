import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoAddresses } from "../../../adapters/dynamodb/addresses.ts";
import { dynamoDepartures } from "../../../adapters/dynamodb/departures.ts";
import { dynamoPersonRows } from "../../../adapters/dynamodb/person-rows.ts";
import { dynamoSubscribers } from "../../../adapters/dynamodb/subscribers.ts";
import { dynamoSuppressions } from "../../../adapters/dynamodb/suppressions.ts";
import type { Table } from "../../../adapters/dynamodb/table.ts";
import type { Departures } from "../../../core/account/account-ports.ts";
import { type ReplayDeparturesDeps, replayDepartures } from "../../../core/account/replay-departures.ts";
import { sweepPerson } from "../../../core/person/finish-erasing.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { delivery, putDelivery } from "../../helpers/ledger-rows.ts";
import { bounced, member, subscriber } from "../../helpers/subscribers.ts";
import { startTable } from "../../helpers/table.ts";

const now = "2027-03-05T12:00:00.000Z";
const tables: { table: Table; stop: () => Promise<void> }[] = [];
let deps: ReplayDeparturesDeps;
let lost: Table;
let restored: Table;
const none = { suppressions: 0, subscribers: 0, erased: 0, moved: 0, notMoved: 0 };
beforeAll(async () => {
  tables.push(await startTable(), await startTable());
  [restored, lost] = tables.map(({ table }) => table) as [Table, Table];
  deps = {
    addresses: dynamoAddresses(restored),
    claims: dynamoAddresses(restored),
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

/** Departures whose subscribers are read in this order, which a scan leaves open; the others come first. */
function inOrder(from: Departures, ids: string[]): Departures {
  return {
    ...from,
    async *subscribers() {
      const all: Subscriber[] = [];
      for await (const each of from.subscribers()) all.push(each);
      yield* all.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
    },
  };
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
    await dynamoSuppressions(lost).add("hash-bounced", {
      reason: "bounce",
      since: "2027-03-02T12:00:00.000Z",
    });
    await dynamoSuppressions(lost).add("hash-known", {
      reason: "complaint",
      since: "2027-03-03T12:00:00.000Z",
    });
    await deps.suppressions.add("hash-known", { reason: "complaint", since: "2027-03-01T12:00:00.000Z" });

    const from = dynamoDepartures(lost);
    expect(await replayDepartures(deps, from)).toEqual({ ...none, suppressions: 1, subscribers: 2 });
    expect(await replayDepartures(deps, from)).toEqual(none);

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

  it("erases again who was erased, by their deliveries and by the tombstone, but nobody who came later", async () => {
    const erasedAt = "2027-03-04T12:00:00.000Z";
    const [there, here] = [dynamoAddresses(lost), dynamoAddresses(restored)];
    for (const id of ["by-mail", "by-tombstone", "half-way", "newcomer"]) {
      await person(id, member("joined"), undefined);
      await here.claim(`hash-${id}`, id);
    }
    await putDelivery(lost, delivery({ subscriberId: "by-mail", state: "sent" }));
    const [row] = await dynamoPersonRows(lost).of("by-mail");
    await dynamoPersonRows(lost).anonymise("by-mail", row ?? expect.fail(), erasedAt);
    for (const hash of ["hash-by-tombstone", "hash-newcomer", "hash-moved-then-erased"])
      await there.bury(hash, "gone", erasedAt);
    await dynamoSubscribers(lost).create(
      subscriber({ id: "half-way", todo: { erase: erasedAt }, ...member("left") }),
    );
    const newcomer = await deps.subscribers.load("newcomer");
    await deps.subscribers.replace({ ...(newcomer ?? expect.fail()), createdAt: now });

    const from = dynamoDepartures(lost);
    expect(await replayDepartures(deps, from)).toEqual({ ...none, erased: 3 });
    expect(await replayDepartures(deps, from)).toEqual(none);
    for (const id of ["by-mail", "by-tombstone", "half-way"])
      expect(await deps.subscribers.load(id)).toMatchObject({
        address: "",
        name: "",
        todo: { erase: "2027-03-05T12:02:00.000Z" },
        lists: { records: { state: "left" } },
      });
    expect(await deps.subscribers.load("newcomer")).toMatchObject({ name: "Ada", todo: {} });
    expect(await here.isErased("hash-moved-then-erased")).toBe(true);
  });

  it("moves again who has moved since, unless the new address is somebody else's here", async () => {
    const movedAt = "2027-03-04T12:00:00.000Z";
    const here = dynamoAddresses(restored);
    const to = (tag: string) => ({ address: `${tag}@new.example`, addressHash: `new-${tag}`, movedAt });
    await person("moves", {}, to("moves"));
    await person("moved-later", { movedAt: now }, to("moved-later"));
    await person("taken", {}, to("taken"));
    await here.claim("hash-moves", "moves");
    await here.claim("new-taken", "somebody");
    expect(await replayDepartures(deps, dynamoDepartures(lost))).toEqual({ ...none, moved: 1, notMoved: 1 });
    expect(await replayDepartures(deps, dynamoDepartures(lost))).toEqual({ ...none, notMoved: 1 });
    const moved = await deps.subscribers.load("moves");
    expect(moved).toMatchObject({ ...to("moves"), todo: {} });
    expect(moved).not.toHaveProperty("releases");
    expect(await here.find("hash-moves")).toBeUndefined();
    expect(await here.find("new-moves")).toBe("moves");
    for (const id of ["taken", "moved-later"])
      expect(await deps.subscribers.load(id)).toMatchObject({ addressHash: `hash-${id}` });
  });

  it.each(["first", "last"])("moves everybody of a chain at once, whoever made room read %s", async (end) => {
    const here = dynamoAddresses(restored);
    const at = (place: number) => ({
      address: `${place}@${end}.example`,
      addressHash: `chain-${end}-${place}`,
    });
    const chain = ["ann", "bob", "cyd", "dan"].map((name) => `${name}-${end}`);
    for (const [place, id] of chain.entries()) {
      await here.claim(at(place).addressHash, id);
      await person(id, at(place), { ...at(place + 1), movedAt: now });
    }
    const from = inOrder(dynamoDepartures(lost), end === "last" ? chain : chain.toReversed());
    const { moved, notMoved } = await replayDepartures(deps, from);
    // One of an earlier test cannot move.
    expect({ moved, notMoved }).toEqual({ moved: 4, notMoved: 1 });
    for (const [place, id] of chain.entries()) {
      expect(await deps.subscribers.load(id)).toMatchObject({ ...at(place + 1), todo: {} });
      expect(await here.find(at(place + 1).addressHash)).toBe(id);
    }
    expect(await here.find(at(0).addressHash)).toBeUndefined();
  });

  it("never erases by a tombstone who lives on in the lost table: they had moved away before", async () => {
    const [there, here] = [dynamoAddresses(lost), dynamoAddresses(restored)];
    const moved = { address: "yve@new.example", addressHash: "new-yve", movedAt: now };
    await person("yve", { addressHash: "hash-of-two" }, moved);
    await person("xan", {}, undefined);
    await here.claim("hash-of-two", "yve");
    await here.claim("hash-xan", "xan");
    await there.bury("hash-of-two", "xan", now);
    await putDelivery(lost, delivery({ subscriberId: "xan", state: "sent" }));
    const [row] = await dynamoPersonRows(lost).of("xan");
    await dynamoPersonRows(lost).anonymise("xan", row ?? expect.fail(), now);

    const from = dynamoDepartures(lost);
    expect(await replayDepartures(deps, from)).toMatchObject({ erased: 1, moved: 1 });
    expect(await deps.subscribers.load("yve")).toMatchObject({ ...moved, name: "Ada", todo: {} });
    expect((await deps.subscribers.load("xan"))?.todo).toHaveProperty("erase");
    expect(await here.find("hash-of-two")).toBeUndefined();
    expect(await here.isErased("hash-of-two")).toBe(true);
    expect(await replayDepartures(deps, from)).toMatchObject({ erased: 0, moved: 0 });
  });

  it("erases by a tombstone that somebody new has signed up over since", async () => {
    const [there, here] = [dynamoAddresses(lost), dynamoAddresses(restored)];
    await person("under", { addressHash: "hash-over" }, undefined);
    await here.claim("hash-over", "under");
    await there.bury("hash-over", "under", now);
    await there.claim("hash-over", "over");
    await dynamoSubscribers(lost).create(subscriber({ id: "over", addressHash: "hash-over" }));
    expect(await replayDepartures(deps, dynamoDepartures(lost))).toMatchObject({ erased: 1 });
    expect((await deps.subscribers.load("under"))?.todo).toHaveProperty("erase");
  });

  it("forgets again who never confirmed, and so leaves no tombstone", async () => {
    const here = dynamoAddresses(restored);
    const [early, consent] = ["2027-03-01T11:00:00.000Z", subscriber().consent];
    const never = { ...member("wanted", 0), consent, todo: { forget: "2027-04-01T00:00:00.000Z" } };
    for (const id of ["never", "once"]) {
      await person(id, { ...never, createdAt: early }, undefined);
      await here.claim(`hash-${id}`, id);
      await putDelivery(lost, delivery({ subscriberId: id, state: "sent" }));
      const [row] = await dynamoPersonRows(lost).of(id);
      await dynamoPersonRows(lost).anonymise(id, row ?? expect.fail(), now);
    }
    // Confirmed after the backup, then erased.
    await dynamoAddresses(lost).bury("hash-once", "once", now);
    expect(await replayDepartures(deps, dynamoDepartures(lost))).toMatchObject({ erased: 2 });
    const sweep = { ...deps, claims: here, persons: dynamoPersonRows(restored) };
    for (const id of ["never", "once"])
      await sweepPerson(sweep, (await deps.subscribers.load(id)) ?? expect.fail());
    expect(await here.isErased("hash-never")).toBe(false);
    expect(await here.isErased("hash-once")).toBe(true);
  });
});
