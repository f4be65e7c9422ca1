import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askToJoin } from "../../../core/subscriber/ask-to-join.ts";
import { join } from "../../../core/subscriber/confirm.ts";
import { type Subscriber, statusOf } from "../../../core/subscriber/subscriber.ts";
import { withSoftBounce } from "../../../core/subscriber/suppress.ts";
import { leave } from "../../../core/subscriber/unsubscribe.ts";
import { addHours } from "../../../core/time/instant.ts";
import { bounced, subscriber } from "../../helpers/subscribers.ts";

const start = "2027-03-01T12:00:00.000Z";
const request = { list: "records", name: "", zone: "UTC", source: "form", network: "" };

type Deed = "ask" | "confirm" | "leave" | "bounce";
const histories = fc.array(
  fc.record({
    deed: fc.constantFrom<Deed>("ask", "confirm", "leave", "bounce"),
    hours: fc.integer({ min: 0, max: 60 }),
  }),
  { maxLength: 30 },
);

function apply(person: Subscriber, deed: Deed, now: string): Subscriber {
  switch (deed) {
    case "ask":
      return askToJoin(person, request, now) ?? person;
    case "confirm":
      return join(person, "", now) ?? person;
    case "leave":
      return leave(person, "records", now) ?? person;
    case "bounce":
      return { ...person, ...bounced };
  }
}

/** A person after each deed of a history, from the first signup on. */
function live(
  history: { deed: Deed; hours: number }[],
): { deed: Deed; now: string; before: Subscriber; after: Subscriber }[] {
  let person = subscriber({ lists: {}, confirmationsAt: [] });
  let now = start;
  return history.map(({ deed, hours }) => {
    now = addHours(now, hours);
    const before = person;
    person = apply(person, deed, now);
    return { deed, now, before, after: person };
  });
}

describe("over any history of signups, confirmations, leavings and bounces", () => {
  it("nobody becomes active but by confirming, and nobody stays active who left", () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { deed, before, after } of live(history)) {
          if (statusOf(before) !== "active" && statusOf(after) === "active") expect(deed).toBe("confirm");
          if (deed === "leave") expect(statusOf(after)).not.toBe("active");
        }
      }),
    );
  });

  it("a bounced address is never asked, joined or revived", () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { before, after } of live(history)) {
          if (before.suppressed) expect(statusOf(after)).toBe("suppressed");
          if (before.suppressed) expect(after.confirmationsAt).toEqual(before.confirmationsAt);
        }
      }),
    );
  });

  it("each return is a later run", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const joins = live(history).filter(
          ({ before, after }) =>
            before.lists.records?.state !== "joined" && after.lists.records?.state === "joined",
        );
        expect(joins.map(({ after }) => after.lists.records?.run)).toEqual(
          joins.map((_, index) => index + 1),
        );
      }),
    );
  });

  it("one confirmation a day and three in thirty days, at most", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const sent = live(history).flatMap(({ now, before, after }) =>
          after.todo.confirm === now && before.todo.confirm !== now ? [Date.parse(now)] : [],
        );
        for (const at of sent) {
          expect(sent.filter((other) => other <= at && other > at - 24 * 3_600_000)).toHaveLength(1);
          expect(
            sent.filter((other) => other <= at && other > at - 30 * 24 * 3_600_000).length,
          ).toBeLessThanOrEqual(3);
        }
      }),
    );
  });
});

describe("soft bounces", () => {
  it("told twice count once, in any order, and are forgotten after thirty days", () => {
    const days = ["2027-03-09", "2027-03-01", "2027-03-09"].map((day) => `${day}T00:00:00.000Z`);
    const person = days.reduce((known, at) => withSoftBounce(known, at) ?? known, subscriber());
    expect(person.softBounces).toEqual(["2027-03-01T00:00:00.000Z", "2027-03-09T00:00:00.000Z"]);
    expect(withSoftBounce(person, "2027-04-02T00:00:00.000Z")?.softBounces).toEqual([
      "2027-03-09T00:00:00.000Z",
      "2027-04-02T00:00:00.000Z",
    ]);
  });
});
