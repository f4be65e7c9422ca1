import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DueDate } from "../../core/reminder/reminder-date.ts";
import type { ReminderDates } from "../../core/reminder/reminder-ports.ts";
import type { UnderTest } from "./under-test.ts";

const dueAt = "2027-04-24T13:00:00.000Z";
const before = "2027-04-24T12:59:59.999Z";
const later = "2027-04-25T13:00:00.000Z";

/** What dates to be reminded of do, whatever keeps them. */
export function datesContract(name: string, start: () => Promise<UnderTest<ReminderDates>>): void {
  describe(`dates, ${name}`, () => {
    let dates: ReminderDates;
    let under: UnderTest<ReminderDates>;
    beforeAll(async () => {
      under = await start();
      dates = under.port;
    });
    afterAll(() => under.stop?.());

    let count = 0;
    const exam = (changes: Partial<DueDate> = {}): DueDate => ({
      subscriberId: `sub_${++count}`,
      id: "abc",
      label: "Exam",
      date: "2027-05-01",
      kind: "exam",
      daysBefore: 7,
      run: 2,
      dueAt,
      setAt: "2027-03-01T12:00:00.000Z",
      ...changes,
    });
    async function added(changes: Partial<DueDate> = {}): Promise<DueDate> {
      const date = exam(changes);
      expect(await dates.add(date)).toBe(true);
      return date;
    }
    const due = async (of: DueDate, now = later) =>
      (await dates.due(now, 1000)).filter(({ subscriberId }) => subscriberId === of.subscriberId);
    const load = (of: DueDate) => dates.load(of.subscriberId, of.id);

    it("are kept once in a joining of the list, and anew from a later one", async () => {
      const date = await added();
      for (const run of [1, 2]) expect(await dates.add({ ...date, run, label: "Other" })).toBe(false);
      expect(await load(date)).toEqual(date);
      const anew = { ...date, run: 3, label: "Other", dueAt: later };
      expect(await dates.add(anew)).toBe(true);
      expect(await load(date)).toEqual(anew);
      expect(await dates.of(date.subscriberId)).toEqual([anew]);
    });

    it("are added by one of many", async () => {
      const date = exam();
      const tries = await Promise.all(["A", "B", "C"].map((label) => dates.add({ ...date, label })));
      expect(tries.filter(Boolean)).toHaveLength(1);
    });

    it("are listed for their reader alone, by id", async () => {
      const subscriberId = `sub_${++count}`;
      const [c, a, b] = [
        await added({ subscriberId, id: "c" }),
        await added({ subscriberId, id: "a" }),
        await added({ subscriberId, id: "b" }),
      ];
      await added({ subscriberId: `${subscriberId}0` });
      expect(await dates.of(subscriberId)).toEqual([a, b, c]);
      expect(await dates.of("sub_nobody")).toEqual([]);
      expect(await dates.load(subscriberId, "d")).toBeUndefined();
    });

    it("are kept whole, those of a credential and those of before", async () => {
      const renewal = await added({ kind: "renewal", credential: "rhit", cycleFrom: "2025-05-01" });
      const { kind: _, setAt: __, ...before } = exam({ id: "old", subscriberId: renewal.subscriberId });
      await dates.add(before);
      expect(await dates.of(renewal.subscriberId)).toEqual([renewal, before]);
    });

    it("are due from their instant on, until their last reminder is on its way", async () => {
      const date = await added();
      expect(await due(date, before)).toEqual([]);
      expect(await due(date, dueAt)).toEqual([date]);
      const left = await Promise.all([1, 2, 3].map(() => dates.advance(date, undefined)));
      expect(left.filter(Boolean)).toHaveLength(1);
      expect(await due(date)).toEqual([]);
      const { dueAt: _, ...kept } = date;
      expect(await load(date)).toEqual(kept);
      expect(await dates.of(date.subscriberId)).toEqual([kept]);
    });

    it("are due for their next reminder once one is on its way, by one of many", async () => {
      const date = await added();
      const next = { daysBefore: 1, dueAt: later };
      const moved = await Promise.all([1, 2, 3].map(() => dates.advance(date, next)));
      expect(moved.filter(Boolean)).toHaveLength(1);
      expect(await due(date, dueAt)).toEqual([]);
      expect(await due(date, later)).toEqual([{ ...date, ...next }]);
      expect(await dates.advance({ ...date, ...next }, undefined)).toBe(true);
      const { dueAt: _, ...kept } = { ...date, ...next };
      expect(await load(date)).toEqual(kept);
    });

    it("are done by one of many, and then due no more, whatever was read before", async () => {
      const date = await added();
      const { dueAt: _, ...kept } = date;
      const done = { ...kept, doneAt: before };
      const ended = await Promise.all([1, 2, 3].map(() => dates.complete(date, done)));
      expect(ended.filter(Boolean)).toHaveLength(1);
      expect(await load(date)).toEqual(done);
      expect(await due(date)).toEqual([]);
      expect(await dates.advance(date, { daysBefore: 1, dueAt: later })).toBe(false);
      expect(await dates.move(date, later)).toBe(false);
      expect(await due(date)).toEqual([]);
    });

    it("move on to the next cycle by one of many, also while their last reminder is on its way", async () => {
      const date = await added({ kind: "renewal", credential: "rhit", cycleFrom: "2025-05-01" });
      const next = { ...date, date: "2029-05-01", daysBefore: 90, cycleFrom: "2027-05-01", dueAt: later };
      await dates.advance(date, undefined);
      const moved = await Promise.all([1, 2, 3].map(() => dates.complete(date, next)));
      expect(moved.filter(Boolean)).toHaveLength(1);
      expect(await due(date)).toEqual([next]);
      expect(await dates.advance(date, undefined)).toBe(false);
      expect(await due(date)).toEqual([next]);
    });

    it.each<Partial<DueDate>>([{ run: 1 }, { run: 3 }, { date: "2027-05-02" }])(
      "are not completed by whoever read %o, nor once they are gone",
      async (other) => {
        const date = await added();
        expect(await dates.complete({ ...date, ...other }, { ...date, doneAt: later })).toBe(false);
        expect(await due(date)).toEqual([date]);
        await dates.remove(date.subscriberId, date.id);
        expect(await dates.complete(date, { ...date, doneAt: later })).toBe(false);
        expect(await load(date)).toBeUndefined();
      },
    );

    it("whose reminder has gone are not set again by the same form, but by a later joining", async () => {
      const date = await added();
      await dates.advance(date, undefined);
      expect(await dates.add(date)).toBe(false);
      expect(await due(date)).toEqual([]);
      expect(await dates.add({ ...date, run: 3 })).toBe(true);
      expect(await due(date)).toEqual([{ ...date, run: 3 }]);
    });

    it.each<Partial<DueDate>>([{ run: 1 }, { run: 3 }, { date: "2027-05-02" }, { dueAt: later }])(
      "stay due for whoever read %o",
      async (other) => {
        const date = await added();
        expect(await dates.advance({ ...date, ...other }, undefined)).toBe(false);
        expect(await due(date)).toEqual([date]);
      },
    );

    it("are due at another instant once they are moved, by one of many", async () => {
      const date = await added();
      const moved = await Promise.all([1, 2, 3].map(() => dates.move(date, later)));
      expect(moved.filter(Boolean)).toHaveLength(1);
      expect(await due(date, dueAt)).toEqual([]);
      expect(await due(date, later)).toEqual([{ ...date, dueAt: later }]);
      expect(await dates.advance({ ...date, dueAt: later }, undefined)).toBe(true);
    });

    it("are not moved once they are on their way, or gone", async () => {
      const [left, gone] = [await added(), await added()];
      await dates.advance(left, undefined);
      await dates.remove(gone.subscriberId, gone.id);
      for (const date of [left, gone]) {
        expect(await dates.move(date, later)).toBe(false);
        expect(await due(date)).toEqual([]);
      }
    });

    it("that are removed are gone, twice too, and come back when they are added", async () => {
      const date = await added();
      const other = await added({ subscriberId: date.subscriberId, id: "other" });
      for (const _ of [1, 2]) await dates.remove(date.subscriberId, date.id);
      expect(await load(date)).toBeUndefined();
      expect(await due(date)).toEqual([other]);
      expect(await dates.advance(date, undefined)).toBe(false);
      expect(await dates.of(date.subscriberId)).toEqual([other]);
      expect(await dates.add({ ...date, run: 1 })).toBe(true);
      expect(await load(date)).toEqual({ ...date, run: 1 });
    });

    it("are due by age within a shard, each shard with its share of the limit, in any order", async () => {
      // One reader's dates stand in one shard.
      const subscriberId = `sub_${++count}`;
      const [first, second, third] = [1, 2, 3].map((n) => `2026-01-0${n}T09:00:00.000Z`) as [
        string,
        string,
        string,
      ];
      for (const instant of [second, third, first])
        await added({ subscriberId, id: instant, dueAt: instant });
      const oldest = async (limit: number) =>
        (await dates.due(third, limit)).map((date) => date.dueAt).sort();
      expect(await oldest(1000)).toEqual([first, second, third]);
      expect(await oldest(5)).toEqual([first, second]);
      expect(await oldest(1)).toEqual([first]);
    });
  });
}
