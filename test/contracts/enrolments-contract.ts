import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Enrolments } from "../../core/ports.ts";
import type { UnderTest } from "./under-test.ts";

const dueAt = "2027-03-01T09:00:00.000Z";
const later = "2027-03-08T09:00:00.000Z";

/** What enrolments do, whatever keeps them. */
export function enrolmentsContract(name: string, start: () => Promise<UnderTest<Enrolments>>): void {
  describe(`enrolments, ${name}`, () => {
    let enrolments: Enrolments;
    let under: UnderTest<Enrolments>;
    beforeAll(async () => {
      under = await start();
      enrolments = under.port;
    });
    afterAll(() => under.stop?.());

    let count = 0;
    async function begun() {
      const subscriberId = `sub_${++count}`;
      const row = { subscriberId, course: "records", run: 1, state: "walking", step: "welcome" } as const;
      const enrolment = { ...row, dueAt, startedAt: dueAt };
      expect(await enrolments.start(enrolment)).toBe(true);
      return enrolment;
    }
    const load = async (id: string) => (await enrolments.loadMany(id, ["records", "other"]))[0];
    const due = async (id: string, now: string) =>
      (await enrolments.due(now, 1000)).filter(({ subscriberId }) => subscriberId === id);

    it("start a run once, and a later one over it", async () => {
      const first = await begun();
      expect(await enrolments.start({ ...first, step: "school" })).toBe(false);
      expect(await load(first.subscriberId)).toEqual({ ...first, done: {} });
      expect(await enrolments.start({ ...first, run: 2, step: "school" })).toBe(true);
      expect(await load(first.subscriberId)).toMatchObject({ run: 2, step: "school" });
    });

    it("tell what is due", async () => {
      const { subscriberId, course, run, step } = await begun();
      expect(await due(subscriberId, "2027-03-01T08:59:59.999Z")).toEqual([]);
      expect(await due(subscriberId, dueAt)).toEqual([{ subscriberId, course, run, step, dueAt }]);
    });

    it("advance once from what was read", async () => {
      const { subscriberId, course, run, step } = await begun();
      const from = { subscriberId, course, run, step, dueAt };
      const to = { state: "walking", step: "school", previous: "welcome", dueAt: later } as const;
      const moved = await Promise.all(Array.from({ length: 4 }, () => enrolments.advance(from, to)));
      expect(moved.filter(Boolean)).toHaveLength(1);
      expect(await due(subscriberId, later)).toEqual([{ ...from, ...to, state: undefined }].map(bare));
      expect(await enrolments.advance({ ...from, ...to, dueAt }, to)).toBe(false);
      expect(await enrolments.advance({ ...from, ...to, step: "welcome" }, to)).toBe(false);
      expect(await enrolments.advance({ ...from, ...to, run: 2 }, to)).toBe(false);
    });

    it("that wait keep the step before; that are over are due no more", async () => {
      const { subscriberId, course, run, step } = await begun();
      const from = { subscriberId, course, run, step, dueAt };
      await enrolments.advance(from, { state: "walking", step: "school", previous: "welcome", dueAt: later });
      const second = { ...from, step: "school", dueAt: later };
      const waiting = "2027-03-09T09:00:00.000Z";
      await enrolments.advance(second, { state: "walking", step: "school", dueAt: waiting });
      expect(await load(subscriberId)).toMatchObject({ previous: "welcome", dueAt: waiting });
      expect(await enrolments.advance({ ...second, dueAt: waiting }, { state: "finished" })).toBe(true);
      expect(await load(subscriberId)).toMatchObject({ state: "finished", previous: "welcome" });
      expect(await load(subscriberId)).not.toHaveProperty("step");
      expect(await due(subscriberId, "2028-01-01T00:00:00.000Z")).toEqual([]);
    });

    it("go from the instant that was asked for, until they move on", async () => {
      const { subscriberId, course, run, step } = await begun();
      const from = { subscriberId, course, run, step, dueAt };
      const sooner = { state: "walking", step, dueAt: later, goesFrom: dueAt } as const;
      expect(await enrolments.advance(from, sooner)).toBe(true);
      expect(await due(subscriberId, later)).toEqual([{ ...from, dueAt: later, goesFrom: dueAt }]);
      const next = { state: "walking", step: "school", previous: "welcome", dueAt: later } as const;
      expect(await enrolments.advance({ ...from, dueAt: later }, next)).toBe(true);
      expect(await load(subscriberId)).not.toHaveProperty("goesFrom");
    });

    it("that end tell the step that was the last", async () => {
      const { subscriberId, course, run, step } = await begun();
      const from = { subscriberId, course, run, step, dueAt };
      const asked = { state: "walking", step, dueAt: later, goesFrom: dueAt } as const;
      expect(await enrolments.advance(from, asked)).toBe(true);
      const end = { state: "finished", previous: "farewell" } as const;
      expect(await enrolments.advance({ ...from, dueAt: later }, end)).toBe(true);
      const ended = await load(subscriberId);
      expect(ended).toMatchObject(end);
      for (const gone of ["step", "dueAt", "goesFrom"]) expect(ended).not.toHaveProperty(gone);
    });

    it("that were stopped go on once, in their run, with all that they had", async () => {
      const { subscriberId, course, run, step } = await begun();
      const key = { subscriberId, course, run };
      const to = { step: "school", dueAt: later };
      expect(await enrolments.resume(key, to)).toBe(false);
      await enrolments.noteDone(key, "welcome", dueAt);
      await enrolments.advance({ ...key, step, dueAt }, { state: "walking", ...to, previous: "welcome" });
      await enrolments.advance({ ...key, ...to }, { state: "stopped" });
      for (const other of [0, 2]) expect(await enrolments.resume({ ...key, run: other }, to)).toBe(false);
      const resumed = await Promise.all([1, 2, 3].map(() => enrolments.resume(key, to)));
      expect(resumed.filter(Boolean)).toHaveLength(1);
      expect(await due(subscriberId, later)).toEqual([{ ...key, ...to, previous: "welcome" }]);
      expect(await load(subscriberId)).toEqual({
        ...key,
        ...to,
        state: "walking",
        previous: "welcome",
        startedAt: dueAt,
        done: { welcome: dueAt },
      });
      expect(await enrolments.advance({ ...key, ...to }, { state: "finished" })).toBe(true);
      expect(await enrolments.resume(key, to)).toBe(false);
      expect(await enrolments.resume({ ...key, subscriberId: "sub_none" }, to)).toBe(false);
    });

    it("begin with what was done and ticked before", async () => {
      const first = await begun();
      const done = { welcome: dueAt };
      const tasks = { welcome: ["read", "tell-a-friend"] };
      const again = { ...first, run: 2, step: "school", goesFrom: later, dueAt: later, done, tasks };
      expect(await enrolments.start(again)).toBe(true);
      expect(await load(first.subscriberId)).toEqual(again);
      expect(await enrolments.noteDone(again, "welcome", later)).toBe(true);
      expect(await enrolments.noteDone(again, "school", later)).toBe(true);
      expect(await load(first.subscriberId)).toEqual({ ...again, done: { welcome: dueAt, school: later } });
    });

    it("note the first instant at which a step was done, in the run that is on", async () => {
      const enrolment = await begun();
      expect(await enrolments.noteDone(enrolment, "welcome", dueAt)).toBe(true);
      expect(await enrolments.noteDone(enrolment, "welcome", later)).toBe(true);
      expect(await enrolments.noteDone({ ...enrolment, run: 2 }, "school", later)).toBe(false);
      expect(await load(enrolment.subscriberId)).toEqual({ ...enrolment, done: { welcome: dueAt } });
    });

    it("keep the ticks of each step, the last ones, in the run that is on", async () => {
      const enrolment = await begun();
      const ticks = async () => (await load(enrolment.subscriberId))?.tasks;
      expect(await enrolments.setTasks(enrolment, "first-aid", ["a", "b"])).toBe(true);
      expect(await enrolments.setTasks(enrolment, "welcome", ["c"])).toBe(true);
      expect(await enrolments.setTasks(enrolment, "first-aid", ["b"])).toBe(true);
      expect(await enrolments.setTasks({ ...enrolment, run: 2 }, "welcome", [])).toBe(false);
      expect(await ticks()).toEqual({ "first-aid": ["b"], welcome: ["c"] });
      expect(await enrolments.setTasks(enrolment, "first-aid", [])).toBe(true);
      expect(await ticks()).toEqual({ "first-aid": [], welcome: ["c"] });
      expect(await enrolments.setTasks({ ...enrolment, subscriberId: "sub_none" }, "welcome", [])).toBe(
        false,
      );
    });
  });
}

function bare({ state: _, ...row }: Record<string, unknown>) {
  return row;
}
