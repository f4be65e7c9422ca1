import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { courseLetter } from "../../../core/course/course-letter.ts";
import { planStep } from "../../../core/course/plan.ts";
import type { Delivery, DeliveryState } from "../../../core/delivery/delivery.ts";
import { speeds, windowOf } from "../../../core/rhythm/rhythm.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { addMinutes, localDate } from "../../../core/time/instant.ts";
import { isInWindow, startOfDayAfter, weekdays } from "../../../core/time/window.ts";
import { course } from "../../helpers/catalogue.ts";
import { bounced, member, subscriber } from "../../helpers/subscribers.ts";

const monday9 = "2027-03-08T14:00:00.000Z"; // 09:00 in New York
const ada = subscriber();

describe("a step that is due", () => {
  it("goes, and the next is planned by calendar days at the window's first minute, over a clock change", () => {
    const plan = planStep(
      course,
      due("school"),
      ada,
      row("welcome", "sent", "2027-03-06T13:00:00.000Z"),
      monday9,
    );
    expect(plan).toMatchObject({
      do: "send",
      step: "school",
      next: { step: "training", dueAt: "2027-03-15T13:00:00.000Z" },
    });
  });

  it("is the last one: nothing follows", () => {
    const plan = planStep(
      course,
      due("farewell"),
      ada,
      row("training", "sent", "2027-03-01T14:00:00.000Z"),
      monday9,
    );
    expect(plan).toMatchObject({ do: "send", step: "farewell" });
    expect(plan).not.toHaveProperty("next");
  });

  it("goes at once when it is the welcome, at any hour", () => {
    const plan = planStep(course, due("welcome"), ada, undefined, "2027-03-07T04:30:00.000Z");
    expect(plan).toMatchObject({
      do: "send",
      step: "welcome",
      next: { step: "school", dueAt: "2027-03-08T14:00:00.000Z" },
    });
  });

  it("waits for the next window when this one was missed", () => {
    const plan = planStep(
      course,
      due("school"),
      ada,
      row("welcome", "sent", "2027-03-04T13:00:00.000Z"),
      "2027-03-08T17:00:00.000Z",
    );
    expect(plan).toMatchObject({ do: "wait", step: "school", until: "2027-03-09T14:00:00.000Z" });
  });

  it("goes so many minutes after the step before, in a course that counts minutes", () => {
    const steps = course.steps.map((step) => ({
      ...step,
      delayDays: 0,
      delayMinutes: 2,
      window: "always" as const,
    }));
    const plan = (sentAt: string) =>
      planStep({ ...course, steps }, due("school"), ada, row("welcome", "sent", sentAt), monday9);
    expect(plan(addMinutes(monday9, -1))).toMatchObject({
      do: "wait",
      step: "school",
      until: addMinutes(monday9, 1),
    });
    expect(plan(addMinutes(monday9, -2))).toMatchObject({
      do: "send",
      step: "school",
      next: { step: "training", dueAt: addMinutes(monday9, 2) },
    });
  });

  it("keeps its distance from a step before that went late", () => {
    const plan = planStep(
      course,
      due("training"),
      ada,
      row("school", "sent", "2027-03-03T14:30:00.000Z"),
      monday9,
    );
    expect(plan).toMatchObject({ do: "wait", step: "training", until: "2027-03-10T14:00:00.000Z" });
  });

  it.each(["sending", "released"] as const)("waits while the step before is %s", (state) => {
    const plan = planStep(
      course,
      due("school"),
      ada,
      row("welcome", state, "2027-03-01T13:00:00.000Z"),
      monday9,
    );
    expect(plan).toMatchObject({ do: "wait", step: "school", until: addMinutes(monday9, 15) });
  });

  it("waits while the packet of the step before is still open", () => {
    expect(planStep(course, due("school"), ada, undefined, monday9).do).toBe("wait");
  });

  it("waits behind a step that failed", () => {
    const plan = planStep(
      course,
      due("school"),
      ada,
      row("welcome", "failed", "2027-03-01T13:00:00.000Z"),
      monday9,
    );
    expect(plan).toMatchObject({ do: "wait", step: "school", until: "2027-03-09T14:00:00.000Z" });
  });

  it.each(["unknown", "skipped"] as const)("goes on after one that is %s", (state) => {
    const plan = planStep(
      course,
      due("school"),
      ada,
      row("welcome", state, "2027-03-01T13:00:00.000Z"),
      monday9,
    );
    expect(plan.do).toBe("send");
  });

  it.each([
    ["left the course", subscriber(member("left"))],
    ["has not confirmed", subscriber(member("wanted"))],
    ["walks a later run", subscriber(member("joined", 2))],
    ["bounced", subscriber(bounced)],
    ["is gone", undefined],
  ])("stops when the person %s", (_, person) => {
    const sent = row("welcome", "sent", "2027-03-01T13:00:00.000Z");
    expect(planStep(course, due("school"), person, sent, monday9)).toMatchObject({ do: "stop" });
  });

  it("does not wait for a step that was put in before it after the reader had passed", () => {
    const steps = course.steps.flatMap((step) =>
      step.id === "training" ? [{ ...step, id: "added" }, step] : [step],
    );
    const sent = row("school", "sent", "2027-03-01T14:00:00.000Z");
    const plan = planStep(
      { ...course, steps },
      { ...due("training"), previous: "school" },
      ada,
      sent,
      monday9,
    );
    expect(plan.do).toBe("send");
  });

  it("that the course has dropped gives way to the one that now follows the last sent", () => {
    const steps = course.steps.filter(({ id }) => id !== "training");
    const sent = row("school", "sent", "2027-03-01T14:00:00.000Z");
    const plan = planStep(
      { ...course, steps },
      { ...due("training"), previous: "school" },
      ada,
      sent,
      monday9,
    );
    expect(plan).toMatchObject({ do: "send", step: "farewell" });
    expect(plan).not.toHaveProperty("next");
  });

  it("stops when the course no longer has it", () => {
    expect(planStep(course, due("retired"), ada, undefined, monday9)).toMatchObject({ do: "stop" });
  });
});

describe("over any zone, time and history", () => {
  it("a step goes only inside its window, on a later local day than the step before, and the next is later still", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
        fc.date({ min: new Date("2027-01-01"), max: new Date("2028-01-01"), noInvalidDate: true }),
        fc.integer({ min: 0, max: 20 * 24 * 60 }),
        (zone, sentAt, minutes) => {
          const before = row("school", "sent", sentAt.toISOString());
          const now = addMinutes(sentAt.toISOString(), minutes);
          const plan = planStep(course, due("training"), subscriber({ zone }), before, now);
          if (plan.do === "wait") expect(plan.until > now).toBe(true);
          if (plan.do !== "send") return;
          expect(isInWindow(now, zone, course.window)).toBe(true);
          expect(
            daysBetween(localDate(sentAt.toISOString(), zone), localDate(now, zone)),
          ).toBeGreaterThanOrEqual(7);
          expect(
            daysBetween(localDate(now, zone), localDate(plan.next?.dueAt ?? "", zone)),
          ).toBeGreaterThanOrEqual(7);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("at a rhythm of the reader's own", () => {
  const rhythms = fc.record(
    {
      speed: fc.constantFrom(...speeds),
      day: fc.constantFrom(...weekdays),
      hour: fc.integer({ min: 0, max: 21 }),
    },
    { requiredKeys: [] },
  );
  const zones = fc.constantFrom(...Intl.supportedValuesOf("timeZone"));
  const instants = fc
    .date({ min: new Date("2027-01-01"), max: new Date("2027-12-01"), noInvalidDate: true })
    .map((date) => date.toISOString());

  /** When a step goes, if dispatch looks again whenever the plan tells it to. */
  function goesAt(
    step: string,
    reader: Subscriber,
    sentAt: string,
    asked: { goesFrom?: string } = {},
  ): string {
    const before = row("school", "sent", sentAt);
    for (let now = sentAt, look = 0; look < 10; look++) {
      const plan = planStep(course, { ...due(step), previous: "school", ...asked }, reader, before, now);
      if (plan.do === "send") return now;
      if (plan.do === "stop") break;
      expect(plan.until > now).toBe(true);
      now = plan.until;
    }
    throw new Error("It never goes");
  }

  it("no speed, day, hour, pause or haste brings two steps on one local day, or outside the chosen hours", () => {
    fc.assert(
      fc.property(
        zones,
        rhythms,
        instants,
        fc.option(instants),
        fc.boolean(),
        (zone, chosen, sentAt, pause, soon) => {
          const rhythm = { ...chosen, ...(pause && { pausedUntil: pause }) };
          const reader = subscriber({ zone, rhythm });
          const goesFrom = startOfDayAfter(sentAt, zone, 1);
          const at = goesAt("training", reader, sentAt, soon ? { goesFrom } : {});
          expect(localDate(at, zone) > localDate(sentAt, zone)).toBe(true);
          expect(isInWindow(at, zone, windowOf(reader, course.window))).toBe(true);
          if (pause) expect(at >= pause).toBe(true);
          if (chosen.day) expect(weekdayIn(at, zone)).toBe(chosen.day);
          if (soon) expect(at <= goesAt("training", reader, sentAt)).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("faster comes no later than weekly, and slower no sooner", () => {
    fc.assert(
      fc.property(zones, rhythms, instants, (zone, chosen, sentAt) => {
        const [faster = "", weekly = "", slower = ""] = speeds.map((speed) =>
          goesAt("training", subscriber({ zone, rhythm: { ...chosen, speed } }), sentAt),
        );
        expect(faster <= weekly && weekly <= slower).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("what was asked for beats the delay, but not the step before", () => {
    const asked = { ...due("school"), goesFrom: "2027-03-08T05:00:00.000Z" };
    const settled = (state: DeliveryState) =>
      planStep(course, asked, ada, row("welcome", state, "2027-03-07T20:00:00.000Z"), monday9);
    expect(settled("sent")).toMatchObject({ do: "send", because: [{ why: "asked" }, { why: "window" }] });
    expect(settled("sending").do).toBe("wait");
    expect(settled("failed").do).toBe("wait");
    expect(
      planStep(
        course,
        asked,
        ada,
        row("welcome", "sent", "2027-03-01T20:00:00.000Z"),
        "2027-03-08T13:00:00.000Z",
      ),
    ).toMatchObject({
      do: "wait",
      until: monday9,
    });
  });

  it("comes back to who has paused when the pause ends, whatever became of the step before", () => {
    const until = "2028-03-01T05:00:00.000Z";
    const paused = subscriber({ rhythm: { pausedUntil: until } });
    const states = ["sending", "sent", "unknown", "released", "failed", "skipped"] as const;
    for (const before of [
      undefined,
      ...states.map((state) => row("welcome", state, "2027-03-06T13:00:00.000Z")),
    ])
      expect(planStep(course, due("school"), paused, before, monday9)).toMatchObject({ do: "wait", until });
  });

  it("a queued step moves from day to day through a pause, and is not late after it", () => {
    const reader = subscriber({ rhythm: { pausedUntil: "2027-03-20T04:00:00.000Z" } });
    const { eligibility } = courseLetter(
      { kind: "course", course: "records", run: 1, step: "school" },
      { courses: { records: course } },
    );
    let now: string = monday9;
    let plannedAt: string = monday9;
    let moves = 0;
    for (; moves < 30; moves++) {
      const last = eligibility(reader, { plannedAt, now });
      if (last.may !== "move") break;
      expect(last.to > now).toBe(true);
      ({ to: now, plannedAt } = last);
    }
    expect({ now, moves }).toEqual({ now: "2027-03-22T13:00:00.000Z", moves: 13 });
    expect(eligibility(reader, { plannedAt, now })).toEqual({ may: "send" });
    const late = addMinutes(now, 49 * 60);
    expect(eligibility(reader, { plannedAt, now: late })).toMatchObject({
      may: "move",
      to: "2027-03-25T13:00:00.000Z",
    });
  });
});

/** An enrolment at a step, after the one that stands before it in the course. */
function due(step: string) {
  const before = course.steps[course.steps.findIndex(({ id }) => id === step) - 1]?.id;
  return {
    subscriberId: "sub_1",
    course: course.name,
    run: 1,
    step,
    ...(before && { previous: before }),
    dueAt: monday9,
  };
}

function row(step: string, state: DeliveryState, at: string): Delivery {
  const settled = state === "sending" || state === "released" ? {} : { settledAt: at };
  return {
    subscriberId: "sub_1",
    mailing: `course_records_run-1_${step}`,
    state,
    owner: "pkt_1.1",
    attempt: 1,
    claimedAt: at,
    ...settled,
  };
}

function weekdayIn(instant: string, zone: string): string {
  const [day = ""] = new Intl.DateTimeFormat("en-US", { weekday: "short", timeZone: zone })
    .format(new Date(instant))
    .split(" ");
  return day.toLowerCase();
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
