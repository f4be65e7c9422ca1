import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Roster } from "../../core/campaign/campaign-ports.ts";
import type { Subscribers } from "../../core/ports.ts";
import { bounced, member, subscriber } from "../helpers/subscribers.ts";
import type { UnderTest } from "./under-test.ts";

/** The roster, and those who stand in it. */
export interface RosterOf {
  roster: Roster;
  subscribers: Subscribers;
}

const members = Array.from({ length: 25 }, (_, n) => `sub_m${n}`);

/** What the roster does, whatever keeps it. It begins without anybody. */
export function rosterContract(name: string, start: () => Promise<UnderTest<RosterOf>>): void {
  describe(`the roster, ${name}`, () => {
    let roster: Roster;
    let subscribers: Subscribers;
    let under: UnderTest<RosterOf>;
    beforeAll(async () => {
      under = await start();
      ({ roster, subscribers } = under.port);
      for (const id of members) await subscribers.create(subscriber({ id }));
      for (const n of [1, 2, 3]) {
        await subscribers.create(subscriber({ id: `sub_w${n}`, ...member("wanted", 0) }));
        await subscribers.create(subscriber({ id: `sub_l${n}`, ...member("left") }));
        await subscribers.create(subscriber({ id: `sub_b${n}`, ...bounced }));
        const since = "2027-03-01T12:00:00.000Z";
        const lists = { digest: { state: "joined", run: 1, since } } as const;
        await subscribers.create(subscriber({ id: `sub_d${n}`, lists }));
      }
    });
    afterAll(() => under.stop?.());

    /** All pages from a cursor on; none has more than its limit. */
    async function read(list: string, limit: number, from?: string): Promise<string[]> {
      const all: string[] = [];
      let cursor = from;
      do {
        const page = await roster.page(list, cursor, limit);
        expect(page.ids.length).toBeLessThanOrEqual(limit);
        expect(page.cursor === undefined || page.cursor !== cursor).toBe(true);
        all.push(...page.ids);
        // Or a roster that begins anew would be read for ever.
        expect(all.length).toBeLessThan(100);
        cursor = page.cursor;
      } while (cursor !== undefined);
      return all;
    }

    it.each([1, 2, 7, 100])("hands out each member once, in pages of at most %i", async (limit) => {
      expect((await read("records", limit)).toSorted()).toEqual(members.toSorted());
    });

    it("keeps lists apart, and knows none that nobody has joined", async () => {
      expect((await read("digest", 2)).toSorted()).toEqual(["sub_d1", "sub_d2", "sub_d3"]);
      expect(await read("nothing", 2)).toEqual([]);
    });

    it("keeps its order, whatever the size of a page, and goes on behind any member", async () => {
      const inOrder = await read("records", 100);
      for (const limit of [1, 7]) expect(await read("records", limit)).toEqual(inOrder);
      for (const at of [0, 11, 24])
        expect(await read("records", 7, inOrder[at])).toEqual(inOrder.slice(at + 1));
    });

    it("goes on behind somebody who left or is suppressed meanwhile, and leaves those out", async () => {
      const inOrder = await read("records", 100);
      const [left = "", suppressed = ""] = inOrder.slice(9, 11);
      await subscribers.replace(subscriber({ id: left, ...member("left") }));
      await subscribers.replace(subscriber({ id: suppressed, ...bounced }));
      expect(await read("records", 4, left)).toEqual(inOrder.slice(11));
      expect(await read("records", 4)).toEqual([...inOrder.slice(0, 9), ...inOrder.slice(11)]);
      await subscribers.replace(subscriber({ id: left, rev: 2 }));
      await subscribers.replace(subscriber({ id: suppressed, rev: 2 }));
      expect(await read("records", 4)).toEqual(inOrder);
    });

    it("hands out nobody twice when somebody joins between two pages", async () => {
      const { ids, cursor } = await roster.page("records", undefined, 3);
      expect(cursor).toBeDefined();
      for (const n of [1, 2, 3, 4, 5, 6]) await subscribers.create(subscriber({ id: `sub_${n}new` }));
      const all = [...ids, ...(await read("records", 3, cursor))];
      expect(new Set(all).size).toBe(all.length);
      expect(all.filter((id) => members.includes(id)).toSorted()).toEqual(members.toSorted());
    });
  });
}
