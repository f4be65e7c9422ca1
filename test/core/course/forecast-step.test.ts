import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Course } from "../../../core/catalogue.ts";
import type { Because } from "../../../core/course/because.ts";
import type { DueEnrolment } from "../../../core/course/enrolment.ts";
import { forecastStep } from "../../../core/course/forecast-step.ts";
import { planStep } from "../../../core/course/plan.ts";
import type { Delivery } from "../../../core/delivery/delivery.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { addMinutes, type Instant, nextMinute } from "../../../core/time/instant.ts";
import { weekdays } from "../../../core/time/window.ts";
import { course } from "../../helpers/catalogue.ts";
import { bounced, subscriber } from "../../helpers/subscribers.ts";

const due: DueEnrolment = {
  subscriberId: "sub_1",
  course: "records",
  run: 1,
  step: "school",
  previous: "welcome",
  dueAt: "2027-03-15T13:00:00.000Z",
};

describe("what dispatch will make of an enrolment", () => {
  it("is the step, at the minute in which it is planned, because of delay and window", () => {
    const sent = row("sent", "2027-03-12T22:30:10.000Z"); // Friday 17:30 in New York, a clock change on Sunday
    const forecast = forecastStep(course, due, subscriber(), sent, "2027-03-12T23:00:00.000Z");
    expect(forecast).toEqual({
      status: "goes",
      step: "school",
      at: "2027-03-15T13:00:00.000Z",
      because: [
        {
          why: "delay",
          days: 2,
          minutes: 0,
          after: "2027-03-12T22:30:10.000Z",
          from: "2027-03-14T05:00:00.000Z",
        },
        {
          why: "window",
          window: course.window,
          zone: "America/New_York",
          from: "2027-03-14T05:00:00.000Z",
          opensAt: "2027-03-15T13:00:00.000Z",
        },
      ],
    });
  });

  it("tells of a window that was missed, too", () => {
    const sent = row("sent", "2027-03-08T14:00:00.000Z");
    const { because, ...rest } = forecastStep(course, due, subscriber(), sent, "2027-03-16T17:00:00.000Z");
    expect(rest).toMatchObject({ status: "goes", at: "2027-03-17T13:00:00.000Z" });
    expect(because.at(-1)).toMatchObject({ why: "window", from: "2027-03-16T17:00:00.000Z" });
  });

  it.each([
    ["sending", "unsettled"],
    ["released", "unsettled"],
    ["failed", "failed"],
  ] as const)("is to wait behind a step that is %s", (state, why) => {
    const forecast = forecastStep(
      course,
      due,
      subscriber(),
      row(state, "2027-03-12T22:30:00.000Z"),
      due.dueAt,
    );
    expect(forecast).toMatchObject({
      status: "waits",
      lookAt: due.dueAt,
      because: [{ why, step: "welcome" }],
    });
  });

  it("is to stop for somebody to whom mail is suppressed", () => {
    const forecast = forecastStep(course, due, subscriber(bounced), row("sent", due.dueAt), due.dueAt);
    expect(forecast).toEqual({ status: "stops", because: [{ why: "suppressed" }] });
  });
});

const window = fc
  .record({
    days: fc.subarray([...weekdays], { minLength: 1 }),
    from: fc.integer({ min: 0, max: 23 * 60 }),
    minutes: fc.integer({ min: 1, max: 720 }),
  })
  .map(({ days, from, minutes }) => ({
    days,
    from: clockTime(from),
    to: clockTime(Math.min(from + minutes, 24 * 60 - 1)),
  }));

describe("over any zone, window, delay and history", () => {
  it("dispatch, run every minute, does it in that very minute, and the reasons lead there", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Intl.supportedValuesOf("timeZone")),
        window,
        fc.oneof(
          fc.record({ delayDays: fc.integer({ min: 1, max: 9 }) }),
          fc.record({ delayDays: fc.constant(0), delayMinutes: fc.integer({ min: 0, max: 3000 }) }),
        ),
        fc.boolean(),
        fc.date({ min: new Date("2027-01-01"), max: new Date("2028-01-01"), noInvalidDate: true }),
        fc.integer({ min: 0, max: 14 * 24 * 60 * 60 }),
        fc.integer({ min: -24 * 60, max: 14 * 24 * 60 }),
        (zone, window, delay, always, settled, later, planned) => {
          const settledAt = settled.toISOString();
          const now = addMinutes(settledAt, later / 60);
          const steps = course.steps.map((step) => ({
            ...step,
            ...delay,
            ...(always && { window: "always" as const }),
          }));
          const person = subscriber({ zone });
          const enrolment = { ...due, dueAt: addMinutes(settledAt, planned) };
          const sent = row("sent", settledAt);
          const own = { ...course, window, steps };
          const forecast = forecastStep(own, enrolment, person, sent, now);
          const done = runEveryMinute(own, enrolment, person, sent, now);
          expect(forecast).toMatchObject({ status: "goes", at: done });
          const named = [now, ...forecast.because.map(instantOf)].sort().at(-1) ?? "";
          expect(nextMinute(named)).toBe(done);
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** Dispatch as it goes on: looks at what is due, moves `dueAt` on or sends; answers the minute of the sending. */
function runEveryMinute(
  own: Course,
  enrolment: DueEnrolment,
  person: Subscriber,
  previous: Delivery,
  now: Instant,
): Instant {
  let { dueAt } = enrolment;
  for (let tick = nextMinute(now); ; tick = addMinutes(tick, 1)) {
    if (dueAt > tick) continue;
    const plan = planStep(own, { ...enrolment, dueAt }, person, previous, tick);
    if (plan.do === "send") return tick;
    if (plan.do === "stop") throw new Error("stopped");
    dueAt = plan.until;
  }
}

/** The instant that a reason leads to. */
function instantOf(because: Because): Instant {
  if (because.why === "delay") return because.from;
  if (because.why === "window") return because.opensAt;
  return because.why === "planned" ? because.at : "";
}

function clockTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

function row(state: Delivery["state"], at: Instant): Delivery {
  const open = state === "sending" || state === "released";
  return {
    subscriberId: "sub_1",
    mailing: "course_records_run-1_welcome",
    state,
    owner: "pkt_1.1",
    attempt: 1,
    claimedAt: at,
    ...(!open && { settledAt: at }),
  };
}
