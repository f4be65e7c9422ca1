import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askAgain } from "../../../core/subscriber/ask-again.ts";
import { askToJoin } from "../../../core/subscriber/ask-to-join.ts";
import { join } from "../../../core/subscriber/confirm.ts";
import { withoutRequest } from "../../../core/subscriber/forget.ts";
import { planReminder } from "../../../core/subscriber/plan-confirmation.ts";
import { confirmMailing } from "../../../core/subscriber/send-confirmation.ts";
import { listsIn, type Subscriber, statusOf, strikeOff } from "../../../core/subscriber/subscriber.ts";
import { leave } from "../../../core/subscriber/unsubscribe.ts";
import { addDays, addHours, addMinutes, type Instant } from "../../../core/time/instant.ts";
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

const stranger = (at: Instant) =>
  subscriber({
    lists: {},
    confirmationsAt: [],
    consent: { textVersion: "", source: "", network: "", askedAt: at },
  });
const asked = (at = start) => askToJoin(stranger(at), request, at) as Subscriber;

type Deed = "ask" | "ask-again" | "confirm" | "leave" | "nothing";
const deeds: Deed[] = ["ask", "ask", "ask-again", "confirm", "leave", "nothing"];
const histories = fc.array(
  fc.record({
    deed: fc.constantFrom(...deeds),
    minutes: fc.oneof(
      fc.constantFrom(0, 1, 24 * 60 - 1, 24 * 60, 24 * 60 + 1, 30 * 24 * 60),
      fc.integer({ min: 0, max: 10 * 24 * 60 }),
    ),
  }),
  { maxLength: 25 },
);

interface Sent {
  at: Instant;
  round: number;
  status: string;
}

/** Lets a life pass as the service would: what is due is done before whatever the person does next. */
function live(history: { deed: Deed; minutes: number }[]): { sent: Sent[]; person: Subscriber } {
  let person = stranger(start);
  let now = start;
  const sent: Sent[] = [];
  const doTasks = () => {
    person = planReminder(person, now) ?? person;
    const dueAt = person.todo.confirm;
    if (dueAt !== undefined && dueAt <= now) {
      if (listsIn(person, "wanted").length > 0)
        sent.push({ at: now, round: confirmMailing(person, dueAt).round, status: statusOf(person) });
      person = strikeOff(person, "confirm", dueAt) ?? person;
    }
    const forgotten = withoutRequest(person, now);
    // Whoever comes back after that is somebody new.
    if (forgotten) person = forgotten.forgottenAt === undefined ? forgotten : stranger(now);
  };
  const passUntil = (then: Instant) => {
    for (;;) {
      const [next] = [person.todo.remind, person.todo.confirm, person.todo.forget]
        .filter((at) => at !== undefined && at <= then)
        .sort();
      if (next === undefined) break;
      if (next > now) now = next;
      doTasks();
    }
    now = then;
  };
  for (const { deed, minutes } of history) {
    passUntil(addMinutes(now, minutes));
    if (deed === "ask") person = askToJoin(person, request, now) ?? person;
    if (deed === "ask-again") person = askAgain(person, now) ?? person;
    if (deed === "confirm") person = join(person, press, now) ?? person;
    if (deed === "leave") person = leave(person, "records", now) ?? person;
    doTasks();
  }
  passUntil(addDays(now, 90));
  return { sent, person };
}

describe("over any history of requests, confirmations and time", () => {
  it("one confirmation in 24 hours and three in 30 days go, reminders included, forgotten or not", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { sent } = live(history);
        for (const { at } of sent) {
          const within = (from: Instant) => sent.filter((other) => other.at <= at && other.at > from).length;
          expect(within(addHours(at, -24))).toBe(1);
          expect(within(addDays(at, -30))).toBeLessThanOrEqual(3);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("in the end nothing is open: it was confirmed, or is forgotten", () => {
    fc.assert(
      fc.property(histories, (history) => {
        const { person } = live(history);
        expect(listsIn(person, "wanted")).toEqual([]);
        expect(person.asked).toBeUndefined();
        expect(person.todo).toEqual(person.todo.enrol ? { enrol: person.todo.enrol } : {});
        if (person.consent.confirmedAt === undefined) expect(person.lists).toEqual({});
      }),
      { numRuns: 500 },
    );
  });

  it("a reminder follows a confirmation by a day at least, and two never follow one request", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 5 }), (pauses) => {
        const { sent } = live([
          { deed: "ask", minutes: 0 },
          ...pauses.map((minutes) => ({ deed: "nothing" as const, minutes })),
        ]);
        expect(sent.map(({ at, round }) => [at, round])).toEqual([
          [start, 1],
          [addHours(start, 24), 2],
        ]);
      }),
    );
  });
});

describe("the reminder", () => {
  const due = addHours(start, 24);
  const sent = strikeOff(asked(), "confirm", start) as Subscriber;

  it("comes exactly 24 hours after the confirmation, and not before", () => {
    expect(sent.todo.remind).toBe(due);
    expect(planReminder(sent, "2027-03-02T11:59:59.999Z")).toBeUndefined();
    expect(planReminder(sent, due)).toMatchObject({
      confirmationsAt: [start, due],
      remindedAt: due,
      todo: { confirm: due, forget: addDays(start, 30) },
    });
  });

  it.each<[string, Subscriber]>([
    ["has left", leave(sent, "records", addHours(start, 2)) as Subscriber],
    ["bounced", { ...sent, ...bounced }],
    [
      "was mailed three times within thirty days",
      {
        ...sent,
        confirmationsAt: ["2027-02-10T00:00:00.000Z", "2027-02-20T00:00:00.000Z", start],
      },
    ],
  ])("is not sent to someone who %s", (_, person) => {
    const after = planReminder(person, due);
    expect(after?.todo).toEqual({ forget: addDays(start, 30) });
    expect(after?.confirmationsAt).toEqual(person.confirmationsAt);
  });

  it("is taken back by the confirmation", () => {
    expect(join(sent, press, addHours(start, 3))?.todo).toEqual({ enrol: addHours(start, 3) });
  });

  it("waits for a day where the confirmation itself is late", () => {
    expect(planReminder(asked(), due)?.todo).toMatchObject({ confirm: start, remind: addHours(due, 24) });
  });
});

describe("a second request while the first is open", () => {
  const sent = strikeOff(asked(), "confirm", start) as Subscriber;

  it("within a day sends nothing at once: the reminder comes as soon as the caps allow", () => {
    const again = askToJoin(sent, request, addHours(start, 3));
    expect(again?.confirmationsAt).toEqual([start]);
    expect(again?.todo).toEqual({ remind: addHours(start, 24), forget: addDays(addHours(start, 3), 30) });
  });

  it("after a day sends at once, and puts off reminder and forgetting", () => {
    const later = addHours(start, 25);
    const again = askToJoin(sent, request, later);
    expect(again?.todo).toEqual({ confirm: later, remind: addHours(later, 24), forget: addDays(later, 30) });
  });

  it("beyond the third in thirty days waits until the month is over, once the links are dead", () => {
    const times = [start, addDays(start, 1), addDays(start, 2)];
    const person = { ...sent, confirmationsAt: times, todo: {} };
    expect(askAgain(person, addDays(start, 8))?.todo.confirm).toBeUndefined();
    const again = askAgain(person, addDays(start, 9)) as Subscriber;
    expect(again.todo.confirm).toBe(addDays(start, 30));
    expect(again.todo.forget).toBe(addDays(start, 60));
  });
});

describe("a forgotten request", () => {
  const due = addDays(start, 30);

  it("takes the whole person who never confirmed anything", () => {
    expect(withoutRequest(asked(), "2027-03-31T11:59:59.999Z")).toBeUndefined();
    const left = withoutRequest(asked(), due);
    expect(left).toMatchObject({ id: "sub_1", address: "", name: "", forgottenAt: due });
    expect(left?.todo).toEqual({ erase: expect.any(String) });
  });

  it("leaves somebody with an earlier consent as they were before it", () => {
    const before = subscriber({
      lists: {
        records: { state: "joined", run: 1, since: start },
        flying: { state: "left", run: 2, since: start },
      },
      consent: { textVersion: "1", source: "form", network: "", askedAt: start, confirmedAt: start },
      confirmationsAt: [],
    });
    const both = { ...request, lists: ["flying", "digest"] };
    const open = askToJoin(before, both, addHours(start, 1)) as Subscriber;
    const after = withoutRequest(open, addDays(addHours(start, 1), 30)) as Subscriber;
    expect(after.lists).toMatchObject({
      records: { state: "joined", run: 1 },
      flying: { state: "left", run: 2 },
    });
    expect(Object.keys(after.lists)).toEqual(["records", "flying"]);
    expect(after.asked).toBeUndefined();
    expect([after.name, after.consent, after.todo]).toEqual([before.name, before.consent, {}]);
  });

  it("keeps whoever gets mail by a list that needed no request, such as reminders of dates", () => {
    const dated = {
      ...asked(),
      lists: { ...asked().lists, reminders: { state: "joined" as const, run: 1, since: start } },
    };
    expect(withoutRequest(dated, due)).toMatchObject({
      address: "ada@example.com",
      lists: { reminders: {} },
    });
    expect(withoutRequest(dated, due)?.forgottenAt).toBeUndefined();
  });
});
