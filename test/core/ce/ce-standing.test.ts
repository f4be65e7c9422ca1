import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CeEntry, entryId } from "../../../core/ce/ce-entry.ts";
import { ceStanding, entriesOf, surplusOf, timeLeft, timePassed } from "../../../core/ce/ce-standing.ts";

const required = { hours: 20, source: "https://ahima.example", checkedOn: "2026-11-23" };
const own = { percent: 40, from: "AHIMA", cyclesFrom: "2025-01-01" };
const body = "AHIMA";
const cycle = { date: "2027-05-01", credential: "rhit", cycleFrom: "2025-05-01" };
const entry = (changes: Partial<CeEntry>): CeEntry => ({
  subscriberId: "sub_1",
  id: "a",
  hours: 1,
  activity: "Webinar",
  category: "own",
  day: "2026-01-01",
  loggedAt: "2026-01-01T12:00:00.000Z",
  ...changes,
});

const anyEntry = fc.record({
  hours: fc.integer({ min: 1, max: 60 }).map((quarters) => quarters / 4),
  category: fc.constantFrom("own", "own:AHIMA", "own:AAPC", "other"),
  day: fc.constantFrom("2025-05-01", "2025-05-02", "2026-01-01", "2027-05-01", "2027-05-02"),
  credential: fc.constantFrom("rhit", "cpc", undefined),
});

describe("the hours of a cycle", () => {
  it("are those from the day after it began up to its end, for this credential or for every one", () => {
    const all = [
      entry({ id: "before", day: "2025-05-01" }),
      entry({ id: "first", day: "2025-05-02" }),
      entry({ id: "last", day: "2027-05-01", credential: "rhit" }),
      entry({ id: "after", day: "2027-05-02" }),
      entry({ id: "other", credential: "cpc" }),
    ];
    expect(entriesOf(cycle, all).map(({ id }) => id)).toEqual(["last", "first"]);
  });

  it("from elsewhere count no further than the body takes them", () => {
    const standing = ceStanding({ required, own, body }, cycle, [
      entry({ hours: 2.5 }),
      entry({ hours: 13, category: "other" }),
    ]);
    expect(surplusOf(standing)).toBe(1);
    expect(standing).toEqual({
      logged: 15.5,
      counted: 14.5,
      required: 20,
      missing: 5.5,
      own: { counted: 2.5, required: 8, missing: 5.5 },
    });
  });

  it("from one body are from elsewhere for another; those of a body that nobody kept count for each", () => {
    const entries = (category: CeEntry["category"]) => [entry({ hours: 8, category })];
    const missing = (of: string, category: CeEntry["category"]) =>
      ceStanding({ required, own, body: of }, cycle, entries(category)).own?.missing;
    expect([missing("AHIMA", "own:AHIMA"), missing("AAPC", "own:AHIMA")]).toEqual([0, 8]);
    expect([missing("AHIMA", "own"), missing("AAPC", "own")]).toEqual([0, 0]);
  });

  it("are all that is required and no more, however many there are, and then none is too many", () => {
    const entries = [entry({ hours: 32 }), entry({ hours: 15, category: "other" })];
    const standing = ceStanding({ required, own, body }, cycle, entries);
    expect(standing).toEqual({
      logged: 47,
      counted: 20,
      required: 20,
      missing: 0,
      own: { counted: 8, required: 8, missing: 0 },
    });
    expect(surplusOf(standing)).toBe(0);
  });

  it("need none from the body in a cycle that began before it asked for them, or that nobody knows the start of", () => {
    const entries = [entry({ hours: 20, category: "other", day: "2025-06-01" })];
    const whole = { logged: 20, counted: 20, required: 20, missing: 0 };
    expect(ceStanding({ required, own, body }, { ...cycle, cycleFrom: "2024-12-30" }, entries)).toEqual(
      whole,
    );
    expect(ceStanding({ required, own, body }, { date: cycle.date, credential: "rhit" }, entries)).toEqual(
      whole,
    );
    expect(ceStanding({ required, own, body }, { ...cycle, cycleFrom: "2024-12-31" }, entries)).toMatchObject(
      {
        missing: 8,
      },
    );
  });

  it("are told without a requirement where nobody could verify it", () => {
    expect(ceStanding({ body }, cycle, [entry({ hours: 2 })])).toEqual({ logged: 2, counted: 2 });
  });

  it("are enough exactly when as much is done as is required, in all and from the body", () => {
    fc.assert(
      fc.property(fc.array(anyEntry), fc.constantFrom(0, 25, 40, 100), (drafts, percent) => {
        const entries = drafts.map(({ credential, ...draft }, n) =>
          entry({ ...draft, id: `e${n}`, ...(credential && { credential }) }),
        );
        const {
          logged,
          counted,
          missing,
          own: part,
        } = ceStanding({ required, own: { ...own, percent }, body }, cycle, entries);
        const ownRequired = (20 * percent) / 100;
        const ownDone = entriesOf(cycle, entries)
          .filter(({ category }) => category === "own" || category === "own:AHIMA")
          .reduce((sum, { hours }) => sum + hours, 0);
        expect(counted).toBeLessThanOrEqual(Math.min(20, logged));
        expect(part?.counted ?? 0).toBeLessThanOrEqual(ownRequired);
        expect(missing).toBe(Math.max(0, 20 - logged, ownRequired - ownDone));
        expect(part?.missing ?? 0).toBe(Math.max(0, ownRequired - ownDone));
      }),
    );
  });
});

describe("the time of a cycle", () => {
  it.each([
    ["2025-05-01", 0],
    ["2026-05-01", 0.5],
    ["2027-05-01", 1],
    ["2027-06-01", 1],
    ["2025-01-01", 0],
  ])("on %s is over by %d", (today, part) => expect(timePassed(cycle, today)).toBe(part));

  it("is unknown where its start is", () => {
    expect(timePassed({ date: "2027-05-01" }, "2027-01-01")).toBeUndefined();
  });

  it.each([
    ["2026-11-15", { months: 5 }],
    ["2027-03-01", { months: 2 }],
    ["2027-03-02", { days: 60 }],
    ["2027-04-30", { days: 1 }],
    ["2027-05-02", { days: 0 }],
  ])("that is left on %s is %o", (today, left) => expect(timeLeft(cycle, today)).toEqual(left));
});

describe("the id of an entry", () => {
  it("is the same for the same form, and another for anything else", () => {
    const wanted = { hours: 1, activity: "Webinar", category: "own", day: "2027-03-01" } as const;
    const ids = [
      entryId("sub_1", wanted, "ce_1"),
      entryId("sub_1", wanted, "ce_2"),
      entryId("sub_2", wanted, "ce_1"),
      entryId("sub_1", { ...wanted, hours: 2 }, "ce_1"),
      entryId("sub_1", { ...wanted, credential: "rhit" }, "ce_1"),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    expect(entryId("sub_1", { ...wanted }, "ce_1")).toBe(ids[0]);
    for (const id of ids) expect(id).toMatch(/^[a-z0-9]{24}$/);
  });
});
