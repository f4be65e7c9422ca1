import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inSegment, standsIn } from "../../../core/audience/in-segment.ts";
import type { RosterPerson } from "../../../core/audience/roster-ports.ts";
import type { Segment } from "../../../core/audience/segment.ts";
import { topics } from "../../../core/catalogue.ts";
import { bounced } from "../../helpers/subscribers.ts";

const now = "2027-03-10T12:00:00.000Z";
const list = "records";

function person(changes: Partial<RosterPerson> = {}): RosterPerson {
  const since = "2027-02-01T12:00:00.000Z";
  return {
    id: "sub_1",
    lists: { [list]: { state: "joined", run: 1, since } },
    zone: "America/New_York",
    createdAt: since,
    dates: [],
    ...changes,
  };
}
const isIn = (changes: Partial<RosterPerson>, segment: Omit<Segment, "list"> = {}) =>
  inSegment(person(changes), { list, ...segment }, now);

describe("a segment", () => {
  it.each<[string, Partial<RosterPerson>, Omit<Segment, "list">, boolean]>([
    ["whoever is on the list", {}, {}, true],
    ["who has left it", { lists: { records: { state: "left", run: 1, since: now } } }, {}, false],
    ["who is suppressed", bounced, {}, false],
    ["all of the tags", { tags: ["a", "b"] }, { tags: { all: ["a", "b"] } }, true],
    ["not all of the tags", { tags: ["a"] }, { tags: { all: ["a", "b"] } }, false],
    ["one of the tags", { tags: ["a"] }, { tags: { any: ["a", "b"] } }, true],
    ["no tag at all", {}, { tags: { any: ["a"] } }, false],
    ["a tag that is not wanted", { tags: ["a"] }, { tags: { none: ["a"] } }, false],
    ["no tag that is not wanted", {}, { tags: { none: ["a"] } }, true],
    ["reads the topic", { topics: ["coding"] }, { topics: ["coding", "careers"] }, true],
    ["reads another topic", { topics: ["privacy"] }, { topics: ["coding"] }, false],
    ["never chose topics", {}, { topics: ["coding"] }, true],
    ["the very zone", {}, { zones: ["America/New_York"] }, true],
    ["a part of the world", {}, { zones: ["Europe/*", "America/*"] }, true],
    ["another part", {}, { zones: ["Europe/*"] }, false],
    ["a zone that begins alike", { zone: "America/New_York2" }, { zones: ["America/New_York"] }, false],
    ["joined on the first day", {}, { joined: { from: "2027-02-01" } }, true],
    ["joined on the last day", {}, { joined: { to: "2027-02-01" } }, true],
    ["joined before", {}, { joined: { from: "2027-02-02" } }, false],
    ["engaged of late", { engagedAt: "2027-03-01T00:00:00.000Z" }, { engaged: { withinDays: 10 } }, true],
    ["engaged long ago", { engagedAt: "2027-02-02T00:00:00.000Z" }, { engaged: { withinDays: 10 } }, false],
    ["silent", { engagedAt: "2027-02-02T00:00:00.000Z" }, { engaged: { notWithinDays: 10 } }, true],
    ["never engaged, joined long ago", {}, { engaged: { notWithinDays: 30 } }, true],
    ["never engaged, joined of late", {}, { engaged: { notWithinDays: 60 } }, false],
    [
      "an exam soon",
      { dates: [{ kind: "exam", date: "2027-03-20" }] },
      { date: { kind: "exam", fromDays: 0, toDays: 14 } },
      true,
    ],
    [
      "an exam later",
      { dates: [{ kind: "exam", date: "2027-03-25" }] },
      { date: { kind: "exam", fromDays: 0, toDays: 14 } },
      false,
    ],
    [
      "an exam that is done",
      { dates: [{ kind: "exam", date: "2027-03-20", doneAt: now }] },
      { date: { fromDays: 0, toDays: 14 } },
      false,
    ],
    [
      "another kind of date",
      { dates: [{ kind: "renewal", date: "2027-03-20" }] },
      { date: { kind: "exam", fromDays: 0, toDays: 14 } },
      false,
    ],
    ["any kind of date", { dates: [{ date: "2027-03-08" }] }, { date: { fromDays: -7, toDays: 0 } }, true],
  ])("with a person of whom is true: %s", (_, changes, segment, expected) => {
    expect(isIn(changes, segment)).toBe(expected);
  });

  const tag = fc.constantFrom("a", "b", "c");
  const segments = fc.record(
    {
      tags: fc.record(
        { all: fc.array(tag), any: fc.array(tag, { minLength: 1 }), none: fc.array(tag) },
        { requiredKeys: [] },
      ),
      topics: fc.array(fc.constantFrom(...topics), { minLength: 1 }),
      zones: fc.array(fc.constantFrom("America/*", "Europe/Berlin"), { minLength: 1 }),
    },
    { requiredKeys: [] },
  );
  const people = fc.record(
    {
      tags: fc.array(tag),
      topics: fc.array(fc.constantFrom(...topics)),
      zone: fc.constantFrom("America/New_York", "Europe/Berlin", "UTC"),
    },
    { requiredKeys: [] },
  );

  it("is never larger for one more condition", () => {
    fc.assert(
      fc.property(people, segments, segments, (who, some, more) => {
        const both = { ...some, ...more };
        const keys = Object.keys(some) as (keyof typeof some)[];
        if (keys.every((key) => both[key] === some[key]) && isIn(who, both))
          expect(isIn(who, some)).toBe(true);
      }),
    );
  });
});

describe("a way through a course", () => {
  const enrolment = {
    subscriberId: "sub_1",
    course: "records",
    run: 1,
    state: "walking" as const,
    step: "school",
    previous: "welcome",
    startedAt: now,
    done: { welcome: now },
  };
  it.each([
    ["never begun", undefined, {}, false],
    ["begun", enrolment, {}, true],
    ["walking", enrolment, { state: "walking" }, true],
    ["finished", enrolment, { state: "finished" }, false],
    ["at its last step", enrolment, { last: ["welcome", "school"] }, true],
    ["at another step", enrolment, { last: ["school"] }, false],
    ["done", enrolment, { done: ["welcome"] }, true],
    ["not all done", enrolment, { done: ["welcome", "school"] }, false],
    ["done though it should not be", enrolment, { notDone: ["welcome"] }, false],
    ["not done", enrolment, { notDone: ["school"] }, true],
  ] as const)("that is %s", (_, way, wanted, expected) => {
    expect(standsIn(way, { name: "records", ...wanted } as never)).toBe(expected);
  });
});
