import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Step } from "../../../core/catalogue.ts";
import type { Enrolment } from "../../../core/course/enrolment.ts";
import { type Delivery, type DeliveryState, deliveryKey } from "../../../core/delivery/delivery.ts";
import { openSteps } from "../../../core/nudge/open-steps.ts";
import { type NudgePlan, planNudge } from "../../../core/nudge/plan-nudge.ts";
import { windowOf } from "../../../core/rhythm/rhythm.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { addDays, localDate } from "../../../core/time/instant.ts";
import { isInWindow, weekdays } from "../../../core/time/window.ts";
import { course } from "../../helpers/catalogue.ts";
import { bounced, member, subscriber } from "../../helpers/subscribers.ts";

const schoolAt = "2027-03-03T14:00:00.000Z"; // Wednesday 09:00 in New York
const now = "2027-03-15T13:00:00.000Z"; // Monday 09:00, ten days and a weekend later
const walking: Enrolment = {
  subscriberId: "sub_1",
  course: "records",
  run: 1,
  state: "walking",
  step: "farewell",
  previous: "training",
  dueAt: "2027-03-17T13:00:00.000Z",
  startedAt: "2027-03-01T14:00:00.000Z",
};
const rows = { welcome: "2027-03-01T14:00:00.000Z", school: schoolAt, training: "2027-03-10T14:00:00.000Z" };

interface Case {
  sent?: number;
  reader?: Subscriber | undefined;
  enrolment?: Enrolment | undefined;
  ledger?: Record<string, string | [DeliveryState, string]>;
  at?: string;
}

function plan(given: Case = {}): NudgePlan {
  const { sent = 0, ledger = rows, at = now } = given;
  const nudge = { subscriberId: "sub_1", course: "records", run: 1, sent, dueAt: at };
  const reader = "reader" in given ? given.reader : subscriber();
  const enrolment = "enrolment" in given ? given.enrolment : walking;
  return planNudge(course, nudge, { subscriber: reader, enrolment, ledger: ledgerOf(ledger) }, at);
}

function ledgerOf(bySteps: NonNullable<Case["ledger"]>): Map<string, Delivery> {
  const all = Object.entries(bySteps).map(([step, row]): Delivery => {
    const [state, at] = typeof row === "string" ? (["sent", row] as const) : row;
    const base = {
      subscriberId: "sub_1",
      mailing: `course_records_run-1_${step}`,
      owner: "pkt_1.1",
      attempt: 1,
    };
    return { ...base, state, claimedAt: at, ...(state !== "sending" && { settledAt: at }) };
  });
  return new Map(all.map((row) => [deliveryKey(row), row]));
}

describe("a nudge", () => {
  it("goes for the step that has been open for ten days, and the second ten days later", () => {
    expect(plan()).toEqual({ do: "send", next: "2027-03-25T13:00:00.000Z" });
    expect(plan({ sent: 1 })).toEqual({ do: "send" });
    expect(plan({ sent: 2 })).toEqual({ do: "over" });
  });

  it("does not go before ten local days have passed", () => {
    const at = "2027-03-12T14:00:00.000Z";
    expect(plan({ at })).toEqual({ do: "wait", until: "2027-03-15T13:00:00.000Z" });
  });

  it("passes over what is done, and what is only read", () => {
    const done = { ...walking, done: { school: schoolAt } };
    const at = "2027-03-22T13:00:00.000Z";
    const finished = { ...done, state: "finished" as const, step: undefined, dueAt: undefined };
    expect(plan({ enrolment: done })).toEqual({ do: "wait", until: "2027-03-22T13:00:00.000Z" });
    expect(plan({ enrolment: finished, at })).toEqual({
      do: "send",
      next: "2027-04-01T13:00:00.000Z",
    });
    const all = { ...finished, done: { school: schoolAt, training: schoolAt } };
    expect(plan({ enrolment: all, at })).toEqual({ do: "over" });
  });

  it("passes over a checklist of the welcome, unless no step has a number", () => {
    const steps = course.steps.map((step) => ({ ...step, checklist: [{ id: "a", text: "A" }] }));
    const of = (own: Step[]) => openSteps({ ...course, steps: own }, walking, subscriber(), ledgerOf(rows));
    expect(of(steps).map(({ step }) => step.id)).toEqual(["school", "training"]);
    const unnumbered = steps.map(({ number: _, ...step }) => step);
    expect(of(unnumbered).map(({ step }) => step.id)).toEqual(["welcome", "school", "training"]);
  });

  it("takes a step of unknown outcome for one that came, and no other", () => {
    expect(plan({ ledger: { ...rows, school: ["unknown", schoolAt] } }).do).toBe("send");
    for (const state of ["failed", "skipped", "released"] as const)
      expect(plan({ ledger: { ...rows, school: [state, schoolAt] } }).do).toBe("wait");
  });

  it("looks again ten days after a step that is still to come", () => {
    const enrolment = { ...walking, step: "school", previous: "welcome", dueAt: "2027-03-16T13:00:00.000Z" };
    expect(plan({ enrolment, ledger: { welcome: rows.welcome } })).toEqual({
      do: "wait",
      until: "2027-03-26T13:00:00.000Z",
    });
  });

  it("keeps away from the day of a step that is due, on its way or has come", () => {
    const tomorrow = { do: "wait", until: "2027-03-16T13:00:00.000Z" };
    expect(plan({ enrolment: { ...walking, dueAt: now, goesFrom: now } })).toEqual(tomorrow);
    expect(plan({ ledger: { ...rows, training: ["sending", now] } })).toEqual(tomorrow);
    expect(plan({ ledger: { welcome: rows.welcome, school: schoolAt } })).toEqual(tomorrow);
    expect(plan({ ledger: { ...rows, training: now } })).toEqual(tomorrow);
    const last = {
      ...walking,
      state: "finished" as const,
      step: undefined,
      dueAt: undefined,
      previous: "farewell",
    };
    expect(plan({ enrolment: last })).toEqual(tomorrow);
  });

  it("goes while the course stands still behind a step that failed", () => {
    const enrolment = { ...walking, dueAt: now };
    expect(plan({ enrolment, ledger: { ...rows, training: ["failed", rows.training] } }).do).toBe("send");
  });

  it("waits for the end of a pause, and for the window", () => {
    const paused = subscriber({ rhythm: { pausedUntil: "2027-04-03T04:00:00.000Z" } });
    expect(plan({ reader: paused })).toEqual({ do: "wait", until: "2027-04-05T13:00:00.000Z" });
    expect(plan({ at: "2027-03-15T16:00:00.000Z" })).toEqual({
      do: "wait",
      until: "2027-03-16T13:00:00.000Z",
    });
    expect(plan({ reader: subscriber({ rhythm: { hour: 18 } }) })).toEqual({
      do: "wait",
      until: "2027-03-15T22:00:00.000Z",
    });
  });

  it("stays quiet for who wants none, as long as the course goes on", () => {
    const reader = subscriber({ rhythm: { nudges: false } });
    expect(plan({ reader })).toEqual({ do: "wait", until: "2027-03-22T13:00:00.000Z" });
    const finished = { ...walking, state: "finished" as const, step: undefined, dueAt: undefined };
    expect(plan({ reader, enrolment: finished, at: "2027-04-01T13:00:00.000Z" })).toEqual({ do: "over" });
  });

  it.each([
    ["left", { reader: subscriber(member("left")) }],
    ["is on another run", { reader: subscriber(member("joined", 2)) }],
    ["bounced", { reader: subscriber(bounced) }],
    ["is gone", { reader: undefined }],
    ["has no enrolment", { enrolment: undefined }],
  ])("is over for who %s", (_, given) => {
    expect(plan(given)).toEqual({ do: "over" });
  });
});

describe("nudges, over any zone, rhythm and history", () => {
  const instant = fc
    .date({ min: new Date("2027-01-01"), max: new Date("2027-12-01"), noInvalidDate: true })
    .map((date) => date.toISOString());
  const rhythm = fc.record(
    { day: fc.constantFrom(...weekdays), hour: fc.integer({ min: 0, max: 21 }) },
    { requiredKeys: [] },
  );

  it("are at most two, ten local days apart, in the window, never on the day of a step, and come to an end", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
        rhythm,
        instant,
        fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 3, maxLength: 3 }),
        fc.boolean(),
        (zone, chosen, begins, gaps, nudges) => {
          const reader = subscriber({ zone, rhythm: { ...chosen, nudges } });
          const sentAt = [begins];
          for (const days of gaps) sentAt.push(addDays(sentAt.at(-1) ?? begins, days));
          const ledger = Object.fromEntries(course.steps.map(({ id }, n) => [id, sentAt[n] ?? begins]));
          const { step: _s, dueAt: _d, ...rest } = walking;
          const enrolment = { ...rest, state: "finished" as const, previous: "farewell" };
          const days: string[] = [];
          let at: string | undefined = begins;
          let sent = 0;
          for (let look = 0; at !== undefined && look < 100; look++) {
            const made: NudgePlan = plan({ sent, reader, enrolment, ledger, at });
            if (made.do === "wait") {
              expect(made.until > at).toBe(true);
              at = made.until;
              continue;
            }
            if (made.do === "over") break;
            expect(isInWindow(at, zone, windowOf(reader, course.window))).toBe(true);
            days.push(localDate(at, zone));
            at = made.next;
            sent++;
          }
          expect(days.length).toBe(nudges ? 2 : 0);
          const [one = "", two = ""] = days;
          if (nudges) expect(Date.parse(two) - Date.parse(one)).toBeGreaterThanOrEqual(10 * 86_400_000);
          for (const step of Object.values(ledger)) expect(days).not.toContain(localDate(step, zone));
        },
      ),
      { numRuns: 300 },
    );
  });
});
