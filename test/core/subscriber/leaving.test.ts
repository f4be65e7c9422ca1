import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Topic, topics } from "../../../core/catalogue.ts";
import { withTopics } from "../../../core/preferences/set-topics.ts";
import { withPause, withRhythm } from "../../../core/rhythm/change-rhythm.ts";
import { speeds } from "../../../core/rhythm/rhythm.ts";
import { leaveReasons, type Subscriber } from "../../../core/subscriber/subscriber.ts";
import { leave, leaveAll } from "../../../core/subscriber/unsubscribe.ts";
import { addHours } from "../../../core/time/instant.ts";
import { weekdays } from "../../../core/time/window.ts";
import { subscriber } from "../../helpers/subscribers.ts";

const start = "2027-03-01T12:00:00.000Z";
const names = ["records", "digest", "reminders", "gone-course"];
const zones = ["America/New_York", "Asia/Tokyo", "Pacific/Apia", "UTC"];

type Change = (person: Subscriber, now: string) => Subscriber | undefined;

const rhythm = fc.record(
  {
    speed: fc.constantFrom(...speeds),
    day: fc.constantFrom(...weekdays),
    hour: fc.integer({ min: 5, max: 21 }),
    nudges: fc.boolean(),
  },
  { requiredKeys: [] },
);
const leaving = fc
  .record({
    list: fc.constantFrom(...names),
    reason: fc.option(fc.constantFrom(...leaveReasons), { nil: undefined }),
  })
  .map(
    ({ list, reason }): Change =>
      (person, now) =>
        leave(person, list, now, reason),
  );
const setting = fc.oneof(
  fc.constant<Change>((person, now) => leaveAll(person, now)),
  fc.record({ rhythm, zone: fc.constantFrom(...zones) }).map(
    (wanted): Change =>
      (person, now) =>
        withRhythm(person, wanted, now),
  ),
  fc.constantFrom("2027-04-01", "2027-12-31", undefined).map(
    (day): Change =>
      (person, now) =>
        withPause(person, day === undefined ? {} : { day }, now),
  ),
  fc.subarray<Topic>([...topics], { minLength: 1 }).map(
    (wanted): Change =>
      (person, now) =>
        withTopics(person, wanted, now),
  ),
);
const changes = fc.array(fc.oneof(leaving, setting), { maxLength: 20 });
const people = fc
  .array(fc.constantFrom("wanted", "joined", "left", undefined), { minLength: 4, maxLength: 4 })
  .map((states) => {
    const lists = names.flatMap((name, at) => {
      const state = states[at];
      return state ? [[name, { state, run: 1, since: start }]] : [];
    });
    return subscriber({ lists: Object.fromEntries(lists) });
  });

describe("whatever a reader sets, in whatever order", () => {
  it("joins no list, and revives none that was left", () => {
    fc.assert(
      fc.property(people, changes, (person, made) => {
        const before = person.lists;
        const after = made.reduce(
          (known, change, hour) => change(known, addHours(start, hour)) ?? known,
          person,
        );
        expect(Object.keys(after.lists)).toEqual(Object.keys(before));
        for (const [list, { state, run }] of Object.entries(after.lists)) {
          expect([before[list]?.state, "left"]).toContain(state);
          expect(run).toBe(before[list]?.run);
        }
      }),
    );
  });

  it("is harmless twice, and keeps who they are and what they agreed to", () => {
    fc.assert(
      fc.property(people, fc.oneof(leaving, setting), (person, change) => {
        const once = change(person, start) ?? person;
        expect(change(once, addHours(start, 1))).toBeUndefined();
        const { id, address, addressHash, consent, confirmationsAt } = person;
        expect(once).toMatchObject({ id, address, addressHash, consent, confirmationsAt });
      }),
    );
  });
});

describe("leaving", () => {
  it("keeps when it was, and takes the reason also afterwards, the last one", () => {
    const left = leave(subscriber(), "records", start) as Subscriber;
    const said = leave(left, "records", addHours(start, 1), "too-many") as Subscriber;
    const again = leave(said, "records", addHours(start, 2), "other") as Subscriber;
    expect(again.lists.records).toEqual({ state: "left", run: 1, since: start, reason: "other" });
    expect(leave(again, "records", addHours(start, 3))).toBeUndefined();
  });
});

describe("a pause", () => {
  it("ends on the same day wherever its reader moves, be the day shorter there or none", () => {
    const paused = withPause(subscriber({ zone: "UTC" }), { day: "2027-03-14" }, start) as Subscriber;
    const moved = withRhythm(paused, { zone: "America/New_York", rhythm: {} }, start);
    expect(moved?.rhythm?.pausedUntil).toBe("2027-03-14T05:00:00.000Z");
    const back = moved && withRhythm(moved, { zone: "UTC", rhythm: {} }, start);
    expect(back?.rhythm?.pausedUntil).toBe("2027-03-14T00:00:00.000Z");
  });

  it("that is over is forgotten with the next choice", () => {
    const paused = withPause(subscriber(), { day: "2027-03-14" }, start) as Subscriber;
    const later = withRhythm(
      paused,
      { zone: "UTC", rhythm: { speed: "slower" } },
      "2027-04-01T00:00:00.000Z",
    );
    expect(later?.rhythm).toEqual({ speed: "slower" });
  });
});
