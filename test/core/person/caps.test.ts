import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askToMove, mayMove } from "../../../core/person/ask-to-move.ts";
import { askForAccess } from "../../../core/person/request-access.ts";
import { addMinutes, type Instant } from "../../../core/time/instant.ts";
import { subscriber } from "../../helpers/subscribers.ts";

const start = "2027-03-01T12:00:00.000Z";
const [hour, day] = [60, 24 * 60];

/** Minutes between one request and the next, many of them at the edge of a cap. */
function pauses(edges: number[], longest: number) {
  const near = fc.constantFrom(...edges.flatMap((edge) => [edge - 1, edge, edge + 1]));
  return fc.array(fc.oneof(near, fc.integer({ min: 0, max: longest })), { minLength: 1, maxLength: 40 });
}

/** Each request's instant, in minutes from the first. */
function minutesOf(waits: number[]): number[] {
  let at = 0;
  return waits.map((wait) => (at += wait));
}

/** The most of these minutes that lie within any span of so many. */
function mostWithin(span: number, granted: number[]): number {
  return Math.max(0, ...granted.map((from) => granted.filter((at) => at >= from && at < from + span).length));
}

/** Whether a minute is as far from those granted before it as caps of `most` in so many minutes ask. */
function isFree(granted: number[], at: number, caps: { most: number; minutes: number }[]): boolean {
  return caps.every(({ most, minutes }) => granted.filter((one) => one > at - minutes).length < most);
}

describe("links to one's data", () => {
  const caps = [
    { most: 1, minutes: 15 },
    { most: 5, minutes: day },
  ];

  it("go whenever the caps allow: one in 15 minutes and five in 24 hours, however they are asked for", () => {
    fc.assert(
      fc.property(pauses([15, 4 * hour, day], 8 * hour), (waits) => {
        let person = subscriber();
        const granted: number[] = [];
        for (const minute of minutesOf(waits)) {
          const asked = askForAccess(person, addMinutes(start, minute));
          expect(asked !== undefined).toBe(isFree(granted, minute, caps));
          if (!asked) continue;
          granted.push(minute);
          person = asked;
        }
        for (const { most, minutes } of caps) expect(mostWithin(minutes, granted)).toBeLessThanOrEqual(most);
      }),
    );
  });
});

describe("requests for a new address", () => {
  const caps = [
    { most: 1, minutes: day },
    { most: 3, minutes: 30 * day },
  ];
  const to = (now: Instant) => ({ address: "new@example.com", addressHash: "hash-new", dueAt: now });

  it("are one in 24 hours and three in 30 days, whether their mail goes or not", () => {
    fc.assert(
      fc.property(
        pauses([day, 10 * day, 30 * day], 12 * day),
        fc.infiniteStream(fc.boolean()),
        (waits, goes) => {
          let person = subscriber();
          const granted: number[] = [];
          for (const minute of minutesOf(waits)) {
            const now = addMinutes(start, minute);
            const allowed = mayMove(person, now);
            expect(allowed).toBe(isFree(granted, minute, caps));
            if (!allowed) continue;
            granted.push(minute);
            person = askToMove(person, goes.next().value ? to(now) : undefined, now);
          }
          for (const { most, minutes } of caps)
            expect(mostWithin(minutes, granted)).toBeLessThanOrEqual(most);
        },
      ),
    );
  });
});
