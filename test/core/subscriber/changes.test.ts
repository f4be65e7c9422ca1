import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinReminders } from "../../../core/reminder/join-reminders.ts";
import { askToJoin } from "../../../core/subscriber/ask-to-join.ts";
import { join } from "../../../core/subscriber/confirm.ts";
import { listsIn, type Subscriber, statusOf } from "../../../core/subscriber/subscriber.ts";
import { thirdWithinDays, withSoftBounce } from "../../../core/subscriber/suppress.ts";
import { leave } from "../../../core/subscriber/unsubscribe.ts";
import { addHours } from "../../../core/time/instant.ts";
import { bounced, subscriber } from "../../helpers/subscribers.ts";

const start = "2027-03-01T12:00:00.000Z";
const request = {
  lists: ["records"],
  name: "Eve",
  zone: "Asia/Tokyo",
  textVersion: "1",
  source: "form",
  network: "",
};
const press = { network: "", textVersion: "2" };
const both = { ...request, lists: ["records", "digest"] };

type Deed = "ask" | "ask-both" | "confirm" | "leave" | "leave-digest" | "set-date" | "bounce";
const deeds: Deed[] = ["ask", "ask-both", "confirm", "leave", "leave-digest", "set-date", "bounce"];
const histories = fc.array(
  fc.record({
    deed: fc.constantFrom(...deeds),
    hours: fc.integer({ min: 0, max: 60 }),
  }),
  { maxLength: 30 },
);

function apply(person: Subscriber, deed: Deed, now: string): Subscriber {
  switch (deed) {
    case "ask":
      return askToJoin(person, request, now) ?? person;
    case "ask-both":
      return askToJoin(person, both, now) ?? person;
    case "confirm":
      return join(person, press, now) ?? person;
    case "leave":
      return leave(person, "records", now) ?? person;
    case "leave-digest":
      return leave(person, "digest", now) ?? person;
    case "set-date":
      return joinReminders(person, now) ?? person;
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
  it("nobody joins a list but by confirming, or by setting a date; and nobody stays on a list who left", () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { deed, before, after } of live(history)) {
          for (const list of ["records", "digest", "reminders"]) {
            const joined = before.lists[list]?.state !== "joined" && after.lists[list]?.state === "joined";
            if (joined) expect(deed).toBe(list === "reminders" ? "set-date" : "confirm");
          }
          if (deed === "leave") expect(after.lists.records?.state).not.toBe("joined");
          if (deed === "leave-digest") expect(after.lists.digest?.state).not.toBe("joined");
        }
      }),
    );
  });

  it("one confirmation joins all that is wanted, and asking changes nothing that is joined", () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { deed, before, after } of live(history)) {
          if (deed === "confirm" && !before.suppressed) expect(listsIn(after, "wanted")).toEqual([]);
          if (!deed.startsWith("ask")) continue;
          for (const list of listsIn(before, "joined")) expect(after.lists[list]).toEqual(before.lists[list]);
          if (deed === "ask-both" && !before.suppressed)
            for (const list of both.lists) expect(["wanted", "joined"]).toContain(after.lists[list]?.state);
        }
      }),
    );
  });

  it("a form that anybody can fill in changes neither name, zone nor evidence of who gets mail already", () => {
    fc.assert(
      fc.property(histories, (history) => {
        for (const { deed, before, after } of live(history)) {
          if (!deed.startsWith("ask")) continue;
          expect(after.consent.confirmedAt).toBe(before.consent.confirmedAt);
          if (statusOf(before) !== "active") continue;
          expect([after.name, after.zone]).toEqual([before.name, before.zone]);
        }
      }),
    );
  });

  it("whose confirmation is still good keeps name, zone and evidence of what was asked for first", () => {
    const ada = { ...both, name: "Ada", zone: "Europe/London", network: "192.0.2.1" };
    const eve = { ...both, lists: ["records", "digest", "reminders"], network: "203.0.113.9" };
    const lists = fc.subarray(eve.lists, { minLength: 1 });
    fc.assert(
      fc.property(
        histories,
        lists,
        lists,
        fc.integer({ min: 0, max: 10 * 24 }),
        (past, first, then, hours) => {
          const before = live(past).at(-1);
          const now = before ? addHours(before.now, 60 * 24) : start;
          const person = before?.after ?? subscriber({ lists: {}, confirmationsAt: [] });
          if (listsIn(person, "wanted").length > 0) return;
          const asked = askToJoin(person, { ...ada, lists: first }, now);
          if (!asked) return;
          const later = addHours(now, hours);
          const again = askToJoin(asked, { ...eve, lists: then }, later) ?? asked;
          const after = join(again, press, later) as Subscriber;
          const isGood = hours < 7 * 24;
          const eveAsked = again !== asked;
          if (isGood || !eveAsked) {
            expect([after.name, after.zone]).toEqual(["Ada", "Europe/London"]);
            expect(after.consent).toMatchObject({ network: "192.0.2.1", askedAt: now });
          } else expect(after.consent).toMatchObject({ network: "203.0.113.9", askedAt: later });
          for (const list of listsIn(after, "joined")) {
            if (person.lists[list]?.state === "joined") continue;
            const added = isGood && !first.includes(list);
            expect(after.lists[list]?.asked?.network).toBe(added ? "203.0.113.9" : undefined);
          }
        },
      ),
      { numRuns: 300 },
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
        const planned = new Set<string>();
        for (const { now, before, after } of live(history)) {
          for (const at of after.confirmationsAt) planned.add(at);
          for (const at of before.confirmationsAt)
            if (at > now && !after.confirmationsAt.includes(at)) planned.delete(at);
        }
        const sent = [...planned].filter((at) => at >= start).map(Date.parse);
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

describe("someone who left and asks again on the same day", () => {
  it("gets a confirmation as soon as the caps allow, and once", () => {
    const asked = askToJoin(subscriber({ lists: {}, confirmationsAt: [] }), request, start) as Subscriber;
    const joined = join(asked, press, addHours(start, 1)) as Subscriber;
    const left = leave(joined, "records", addHours(start, 2)) as Subscriber;
    const again = askToJoin(left, request, addHours(start, 3)) as Subscriber;
    expect(again.todo.confirm).toBe(addHours(start, 24));
    expect(askToJoin(again, request, addHours(start, 4))?.confirmationsAt).toEqual(again.confirmationsAt);
  });
});

describe("someone who has not used the confirmation that was mailed", () => {
  it("gets no second one by asking again within a day", () => {
    const fresh = subscriber({
      lists: {},
      confirmationsAt: [],
      consent: { textVersion: "", source: "", network: "", askedAt: start },
    });
    const asked = askToJoin(fresh, request, start) as Subscriber;
    expect(askToJoin(asked, request, addHours(start, 3))?.confirmationsAt).toEqual([start]);
  });
});

describe("soft bounces", () => {
  const bouncedOn = (days: string[]) =>
    days
      .map((day) => `${day}T00:00:00.000Z`)
      .reduce((known, at) => withSoftBounce(known, at) ?? known, subscriber()).softBounces;

  it.each([
    ["three within thirty days", ["2027-03-01", "2027-03-09", "2027-03-30"], "2027-03-30"],
    ["three a day too far apart", ["2027-03-01", "2027-03-09", "2027-03-31"], undefined],
    ["two", ["2027-03-01", "2027-03-02"], undefined],
    [
      "three that are told after a newer one",
      ["2027-05-20", "2027-03-03", "2027-03-01", "2027-03-02"],
      "2027-03-03",
    ],
    ["two old and one new", ["2027-03-01", "2027-03-02", "2027-05-20"], undefined],
  ])("%s: the third, if any", (_, days, third) => {
    expect(thirdWithinDays(bouncedOn(days))).toBe(third && `${third}T00:00:00.000Z`);
  });

  it("told twice count once, in any order, and are forgotten after ninety days", () => {
    const days = ["2027-03-09", "2027-03-01", "2027-03-09"].map((day) => `${day}T00:00:00.000Z`);
    const person = days.reduce((known, at) => withSoftBounce(known, at) ?? known, subscriber());
    expect(person.softBounces).toEqual(["2027-03-01T00:00:00.000Z", "2027-03-09T00:00:00.000Z"]);
    expect(withSoftBounce(person, "2027-06-02T00:00:00.000Z")?.softBounces).toEqual([
      "2027-03-09T00:00:00.000Z",
      "2027-06-02T00:00:00.000Z",
    ]);
  });
});
