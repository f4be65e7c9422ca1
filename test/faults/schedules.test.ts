import { describe, expect, it } from "vitest";
import { describeFailure, findFailure } from "./find-failure.ts";
import { runSchedule } from "./run-schedule.ts";

const schedules = Number(process.env.STEPLETTER_SCHEDULES ?? 2000);
const firstSeed = Number(process.env.STEPLETTER_FIRST_SEED ?? 0);

describe("over random schedules of faults, deaths, duplicates and departures", () => {
  it(`no promise of the send path breaks (${schedules} seeds)`, { timeout: schedules * 300 }, async () => {
    const failure = await findFailure(firstSeed, schedules);
    expect(failure && describeFailure(failure)).toBeUndefined();
  });

  it("the same seed tells the same story", async () => {
    const [once, again] = [await runSchedule(7, { telling: true }), await runSchedule(7, { telling: true })];
    expect(once.story.length).toBeGreaterThan(20);
    expect(again.story).toEqual(once.story);
  });

  it("faults strike in most of them, of every kind", async () => {
    const stories: string[] = [];
    for (let seed = 0; seed < 250; seed++)
      stories.push(...(await runSchedule(seed, { telling: true })).story);
    const told = stories.join("\n");
    const kinds = [
      "dies-before at send",
      "dies-after at send",
      "dies-after at dispatch",
      "answer-lost at send",
      "repeated at send",
      "late at send",
      "stale at dispatch",
      "half at send",
      "frozen at send",
      "outlives its time-out",
      "loses a message",
      "delivers a message twice",
      "accepts and times out",
      "accepts while the worker dies",
      "answers for each entry",
      "has no quota left",
      "throttles",
      "leaves records",
      "complains",
      "dispatch stands still",
      "the campaign is paused",
      "the campaign is cancelled",
    ];
    expect(kinds.filter((kind) => !told.includes(kind))).toEqual([]);
  });
});
