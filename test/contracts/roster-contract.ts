import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Roster, RosterPerson } from "../../core/audience/roster-ports.ts";
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

    const everybody = [
      ...members,
      ...[1, 2, 3].flatMap((n) => ["w", "l", "b", "d"].map((kind) => `sub_${kind}${n}`)),
    ];

    /** All pages from a cursor on; none has more than its limit. */
    async function read(limit: number, from?: string): Promise<RosterPerson[]> {
      const all: RosterPerson[] = [];
      let cursor = from;
      do {
        const page = await roster.page(cursor, limit);
        expect(page.people.length).toBeLessThanOrEqual(limit);
        expect(page.cursor === undefined || page.cursor !== cursor).toBe(true);
        all.push(...page.people);
        // Or a roster that begins anew would be read for ever.
        expect(all.length).toBeLessThan(100);
        cursor = page.cursor;
      } while (cursor !== undefined);
      return all;
    }
    const idsOf = (people: RosterPerson[]) => people.map(({ id }) => id);

    it.each([1, 2, 7, 100])("hands out everybody once, in pages of at most %i", async (limit) => {
      expect(idsOf(await read(limit)).toSorted()).toEqual(everybody.toSorted());
    });

    it("tells how each stands", async () => {
      const people = await read(7);
      const stateOf = (id: string) => people.find((person) => person.id === id)?.lists.records?.state;
      expect(["sub_m1", "sub_w1", "sub_l1", "sub_d1"].map(stateOf)).toEqual([
        "joined",
        "wanted",
        "left",
        undefined,
      ]);
      expect(
        people
          .filter(({ suppressed }) => suppressed)
          .map(({ id }) => id)
          .toSorted(),
      ).toEqual(["sub_b1", "sub_b2", "sub_b3"]);
    });

    it("keeps its order, whatever the size of a page, and goes on behind anybody", async () => {
      const inOrder = idsOf(await read(100));
      for (const limit of [1, 7]) expect(idsOf(await read(limit))).toEqual(inOrder);
      for (const at of [0, 11, 36]) expect(idsOf(await read(7, inOrder[at]))).toEqual(inOrder.slice(at + 1));
    });

    it("follows a change, and goes on behind somebody who is gone", async () => {
      const inOrder = idsOf(await read(100));
      const [changed = "", gone = ""] = inOrder.slice(9, 11);
      await subscribers.replace(subscriber({ id: changed, tags: ["rhit"] }));
      await subscribers.replace(subscriber({ id: gone, todo: { erase: "2027-03-01T12:00:00.000Z" } }));
      const after = await read(4);
      expect(idsOf(after)).toEqual(inOrder.filter((id) => id !== gone));
      expect(after.find(({ id }) => id === changed)?.tags).toEqual(["rhit"]);
      expect(idsOf(await read(4, gone))).toEqual(inOrder.slice(11));
      await subscribers.replace(subscriber({ id: gone, rev: 2 }));
      await subscribers.replace(subscriber({ id: changed, rev: 2 }));
    });

    it("hands out nobody twice when somebody comes between two pages", async () => {
      const { people, cursor } = await roster.page(undefined, 3);
      expect(cursor).toBeDefined();
      for (const n of [1, 2, 3, 4, 5, 6]) await subscribers.create(subscriber({ id: `sub_${n}new` }));
      const all = idsOf([...people, ...(await read(3, cursor))]);
      expect(new Set(all).size).toBe(all.length);
      expect(all.filter((id) => everybody.includes(id)).toSorted()).toEqual(everybody.toSorted());
    });
  });
}
