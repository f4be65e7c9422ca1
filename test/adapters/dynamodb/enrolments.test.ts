import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dynamoEnrolments } from "../../../adapters/dynamodb/enrolments.ts";
import type { Enrolments } from "../../../core/ports.ts";
import { startTable } from "../../helpers/table.ts";

let enrolments: Enrolments;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTable();
  enrolments = dynamoEnrolments(started.table);
  stop = started.stop;
});
afterAll(() => stop());

const dueAt = "2027-03-01T09:00:00.000Z";
const begin = (subscriberId: string, run = 1) =>
  enrolments.start({
    subscriberId,
    course: "records",
    run,
    state: "walking",
    step: "welcome",
    dueAt,
    startedAt: dueAt,
  });

describe("enrolments", () => {
  it("start a run once; a later run starts over, an earlier one does not", async () => {
    expect(await begin("sub_1", 2)).toBe(true);
    expect(await begin("sub_1", 2)).toBe(false);
    expect(await begin("sub_1", 1)).toBe(false);
    expect(await begin("sub_1", 3)).toBe(true);
  });

  it("are due from their instant on", async () => {
    await begin("sub_2");
    expect(await find("sub_2", "2027-03-01T08:59:59.999Z")).toBeUndefined();
    expect(await find("sub_2", dueAt)).toEqual({
      subscriberId: "sub_2",
      course: "records",
      run: 1,
      step: "welcome",
      dueAt,
    });
  });

  it("advance once from what was read", async () => {
    await begin("sub_3");
    const read = { subscriberId: "sub_3", course: "records", run: 1, step: "welcome", dueAt };
    const next = { state: "walking", step: "school", dueAt: "2027-03-03T09:00:00.000Z" } as const;
    expect(await enrolments.advance(read, next)).toBe(true);
    expect(await enrolments.advance(read, next)).toBe(false);
    expect(await find("sub_3", "2027-03-02T00:00:00.000Z")).toBeUndefined();
    expect(await find("sub_3", "2027-03-04T00:00:00.000Z")).toMatchObject({ step: "school" });
  });

  it("leave the due index when they are finished", async () => {
    await begin("sub_4");
    await enrolments.advance(
      { subscriberId: "sub_4", course: "records", run: 1, step: "welcome", dueAt },
      { state: "finished" },
    );
    expect(await find("sub_4", "2028-01-01T00:00:00.000Z")).toBeUndefined();
  });
});

describe("what the learner has done", () => {
  const later = "2027-03-05T09:00:00.000Z";
  const done = async (subscriberId: string) =>
    (await enrolments.loadMany(subscriberId, ["records"]))[0]?.done;

  it("keeps the first instant, and nothing of a run that was not begun", async () => {
    await begin("sub_5");
    const row = { subscriberId: "sub_5", course: "records", run: 1 };
    expect(await enrolments.noteDone(row, "step-1", dueAt)).toBe(true);
    expect(await enrolments.noteDone(row, "step-1", later)).toBe(true);
    expect(await enrolments.noteDone({ ...row, run: 2 }, "step-2", later)).toBe(false);
    expect(await enrolments.noteDone({ ...row, subscriberId: "sub_none" }, "step-1", later)).toBe(false);
    expect(await done("sub_5")).toEqual({ "step-1": dueAt });
    expect(await enrolments.loadMany("sub_none", ["records"])).toEqual([]);
  });

  it("is lost by no step that goes, in any order and at the same time; a new run starts with none", async () => {
    const deeds = fc.array(fc.constantFrom("advance", "welcome", "school", "training"), { maxLength: 12 });
    let people = 0;
    await fc.assert(
      fc.asyncProperty(deeds, fc.boolean(), async (history, atOnce) => {
        const subscriberId = `sub_many-${people++}`;
        const row = { subscriberId, course: "records", run: 1 };
        await begin(subscriberId);
        let from = { ...row, step: "welcome", dueAt };
        const marked = new Set<string>();
        const doing: Promise<boolean>[] = [];
        for (const [index, deed] of history.entries()) {
          if (deed === "advance") {
            const to = { state: "walking", step: `step-${index}`, dueAt: later } as const;
            doing.push(enrolments.advance(from, to));
            await doing.at(-1);
            from = { ...row, step: to.step, dueAt: later };
          } else {
            doing.push(enrolments.noteDone(row, deed, dueAt));
            marked.add(deed);
          }
          if (!atOnce) await doing.at(-1);
        }
        expect(await Promise.all(doing)).toEqual(doing.map(() => true));
        expect(Object.keys((await done(subscriberId)) ?? {}).sort()).toEqual([...marked].sort());
        await begin(subscriberId, 2);
        expect(await done(subscriberId)).toEqual({});
      }),
      { numRuns: 30 },
    );
  });
});

async function find(subscriberId: string, now: string) {
  return (await enrolments.due(now, 1000)).find((enrolment) => enrolment.subscriberId === subscriberId);
}
