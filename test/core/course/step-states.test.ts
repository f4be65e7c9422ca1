import { describe, expect, it } from "vitest";
import type { Enrolment } from "../../../core/course/enrolment.ts";
import { stepStandings } from "../../../core/course/step-states.ts";
import { type Delivery, deliveryKey } from "../../../core/delivery/delivery.ts";
import { course } from "../../helpers/catalogue.ts";

const at = "2027-03-01T14:00:00.000Z";
const enrolment: Enrolment = {
  subscriberId: "sub_1",
  course: "records",
  run: 2,
  state: "walking",
  step: "school",
  startedAt: at,
};

describe("where a learner stands", () => {
  it("before anything was sent: the first step is next", () => {
    expect(states({})).toEqual(["next", "later", "later", "later"]);
    expect(stepStandings(course, undefined, new Map()).map(({ state }) => state)[0]).toBe("next");
  });

  it("is told by the ledger: a step on its way is still next", () => {
    expect(states({ welcome: "sent" })).toEqual(["sent", "next", "later", "later"]);
    expect(states({ welcome: "sending" })).toEqual(["next", "later", "later", "later"]);
    expect(states({ welcome: "released" })).toEqual(["next", "later", "later", "later"]);
    expect(states({ welcome: "unknown", school: "failed" })).toEqual(["unknown", "failed", "next", "later"]);
    expect(states({ welcome: "skipped" })).toEqual(["failed", "next", "later", "later"]);
  });

  it("is told by the learner before all, with the days of both", () => {
    const marked = { ...enrolment, done: { welcome: "2027-03-02T08:00:00.000Z" } };
    expect(stepStandings(course, marked, ledger({ welcome: "sent" }))[0]).toEqual({
      step: course.steps[0],
      state: "done",
      sentAt: at,
      doneAt: "2027-03-02T08:00:00.000Z",
    });
  });

  it("counts nothing of another run", () => {
    expect(states({ welcome: "sent" }, { ...enrolment, run: 3 })).toEqual([
      "next",
      "later",
      "later",
      "later",
    ]);
  });

  it("started again in the middle keeps what came before, of the newest run in which it came", () => {
    const again = { ...enrolment, run: 3, step: "training" };
    const rows = ledger({ welcome: "sent", school: "unknown", training: "sent" });
    const standings = stepStandings(course, again, rows, "training");
    expect(standings.map(({ state }) => state)).toEqual(["sent", "unknown", "next", "later"]);
    expect(standings[0]?.sentAt).toBe(at);
    const [, missed] = stepStandings(course, again, ledger({ welcome: "sent" }), "training");
    expect(missed?.state).toBe("failed");
  });

  it("has nothing next where the course was stopped", () => {
    expect(states({ welcome: "sent" }, { ...enrolment, state: "stopped" })).toEqual([
      "sent",
      "later",
      "later",
      "later",
    ]);
  });
});

function ledger(rows: Record<string, Delivery["state"]>): Map<string, Delivery> {
  return new Map(
    Object.entries(rows).map(([step, state]) => {
      const mailing = `course_records_run-2_${step}`;
      const row = { subscriberId: "sub_1", mailing, state, owner: "pkt.1", attempt: 1, claimedAt: at };
      return [deliveryKey(row), { ...row, settledAt: at }];
    }),
  );
}

function states(rows: Record<string, Delivery["state"]>, of = enrolment) {
  return stepStandings(course, of, ledger(rows)).map(({ state }) => state);
}
