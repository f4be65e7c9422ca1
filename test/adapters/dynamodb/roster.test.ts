import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoRoster } from "../../../adapters/dynamodb/roster.ts";
import { dynamoSubscribers } from "../../../adapters/dynamodb/subscribers.ts";
import type { Roster } from "../../../core/campaign/campaign-ports.ts";
import type { Subscribers } from "../../../core/ports.ts";
import { bounced, member, subscriber } from "../../helpers/subscribers.ts";
import { startTable } from "../../helpers/table.ts";

let roster: Roster;
let subscribers: Subscribers;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTable();
  roster = dynamoRoster(started.table);
  subscribers = dynamoSubscribers(started.table);
  stop = started.stop;
  const since = "2027-03-01T12:00:00.000Z";
  for (let i = 0; i < 60; i++) await subscribers.create(subscriber({ id: `sub_m${i}` }));
  for (let i = 0; i < 5; i++) {
    await subscribers.create(subscriber({ id: `sub_w${i}`, ...member("wanted", 0) }));
    await subscribers.create(subscriber({ id: `sub_l${i}`, ...member("left") }));
    await subscribers.create(subscriber({ id: `sub_b${i}`, ...bounced }));
    const other = { digest: { state: "joined" as const, run: 1, since } };
    await subscribers.create(subscriber({ id: `sub_o${i}`, lists: other }));
  }
});
afterAll(() => stop());

async function pages(list: string, limit: number): Promise<string[][]> {
  const all: string[][] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await roster.page(list, cursor, limit);
    all.push(page.ids);
    cursor = page.cursor;
    if (cursor === undefined) return all;
  }
}

describe("the roster", () => {
  it.each([1, 7, 50, 1000])("hands out each member of a list once, in pages of %i", async (limit) => {
    const all = await pages("records", limit);
    const ids = all.flat();
    expect(ids.toSorted()).toEqual(Array.from({ length: 60 }, (_, i) => `sub_m${i}`).toSorted());
    for (const page of all.slice(0, -2)) expect(page).toHaveLength(limit);
  });

  it("keeps lists apart, and knows none that nobody joined", async () => {
    expect((await pages("digest", 50)).flat().toSorted()).toEqual([0, 1, 2, 3, 4].map((i) => `sub_o${i}`));
    expect(await pages("nothing", 50)).toEqual([[]]);
  });

  it("keeps its order when someone joins or leaves, and forgets who left", async () => {
    const before = (await pages("records", 50)).flat();
    const [first = ""] = before;
    await subscribers.create(subscriber({ id: "sub_n1" }));
    expect((await pages("records", 50)).flat().filter((id) => id !== "sub_n1")).toEqual(before);
    await subscribers.replace(subscriber({ id: first, ...member("left") }));
    expect((await pages("records", 50)).flat()).not.toContain(first);
    await subscribers.replace(subscriber({ id: first, rev: 2 }));
    await subscribers.replace(subscriber({ id: "sub_n1", ...member("left") }));
    expect((await pages("records", 50)).flat()).toEqual(before);
  });
});
