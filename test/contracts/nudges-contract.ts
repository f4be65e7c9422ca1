import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DueNudge } from "../../core/nudge/nudge.ts";
import type { Nudges } from "../../core/nudge/nudge-ports.ts";
import type { UnderTest } from "./under-test.ts";

const dueAt = "2027-03-15T13:00:00.000Z";
const next = { sent: 1, dueAt: "2027-03-25T13:00:00.000Z" };
const later = "2027-12-01T09:00:00.000Z";

/** What rows that look after open steps do, whatever keeps them. */
export function nudgesContract(name: string, start: () => Promise<UnderTest<Nudges>>): void {
  describe(`nudges, ${name}`, () => {
    let nudges: Nudges;
    let under: UnderTest<Nudges>;
    beforeAll(async () => {
      under = await start();
      nudges = under.port;
    });
    afterAll(() => under.stop?.());

    let count = 0;
    async function begun(changes: Partial<DueNudge> = {}): Promise<DueNudge> {
      const row = { subscriberId: `sub_${++count}`, course: "records", run: 2, sent: 0, dueAt, ...changes };
      expect(await nudges.start(row)).toBe(true);
      return row;
    }
    const load = async ({ subscriberId }: DueNudge) =>
      (await nudges.loadMany(subscriberId, ["records", "other"]))[0];
    const due = async (of: DueNudge, now = later) =>
      (await nudges.due(now, 1000)).filter(({ subscriberId }) => subscriberId === of.subscriberId);

    it("start a run once, and a later one over it", async () => {
      const first = await begun();
      for (const run of [1, 2]) expect(await nudges.start({ ...first, run, ...next })).toBe(false);
      expect(await load(first)).toEqual(first);
      expect(await nudges.advance(first, { sent: 1 })).toBe(true);
      expect(await nudges.start({ ...first, run: 3 })).toBe(true);
      expect(await due(first)).toEqual([{ ...first, run: 3 }]);
    });

    it("are due from their instant on", async () => {
      const first = await begun();
      expect(await due(first, "2027-03-15T12:59:59.999Z")).toEqual([]);
      expect(await due(first, dueAt)).toEqual([first]);
    });

    it("advance once from what was read", async () => {
      const first = await begun();
      const moved = await Promise.all([1, 2, 3].map(() => nudges.advance(first, next)));
      expect(moved.filter(Boolean)).toHaveLength(1);
      expect(await due(first)).toEqual([{ ...first, ...next }]);
    });

    it.each<Partial<DueNudge>>([{ run: 1 }, { run: 3 }, { sent: 1 }, { dueAt: next.dueAt }])(
      "do not advance for whoever read %o",
      async (other) => {
        const first = await begun();
        expect(await nudges.advance({ ...first, ...other }, next)).toBe(false);
        expect(await due(first)).toEqual([first]);
      },
    );

    it("that are over are due no more, and keep their count", async () => {
      const first = await begun({ sent: 1 });
      expect(await nudges.advance(first, { sent: 2 })).toBe(true);
      expect(await due(first)).toEqual([]);
      const { dueAt: _, ...over } = first;
      expect(await load(first)).toEqual({ ...over, sent: 2 });
      expect(await nudges.advance(first, next)).toBe(false);
    });
  });
}
