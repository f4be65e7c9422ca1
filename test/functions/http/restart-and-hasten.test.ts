import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type MarkDoneDeps, markDone } from "../../../core/course/mark-done.ts";
import { restartCourse } from "../../../core/course/restart-course.ts";
import { AppError } from "../../../core/errors.ts";
import { openProgress } from "../../../core/progress/open-progress.ts";
import { changeSubscriber } from "../../../core/subscriber/change.ts";
import { leave } from "../../../core/subscriber/unsubscribe.ts";
import { handler as dispatch } from "../../../functions/schedule/dispatch.ts";
import { scheduleEvent } from "../../helpers/events.ts";
import { progressToken } from "../../helpers/progress.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, received, sendAll, tick } from "../../helpers/walk.ts";

let service: TestService;
let id: string;
let token: string;
beforeEach(async () => {
  service = await startService({ at: "2027-03-01T12:00:00.000Z" });
  id = await join(service, email);
  token = await progressToken(service, id);
  await tick(service);
});
afterEach(() => service.stop());

const email = "ada@example.com";
const course = "records";
const steps = () => received(service, email).filter((mailing) => mailing.startsWith("course_"));
const enrolment = async () => (await service.deps.enrolments.loadMany(id, [course]))[0];

async function tickAt(at: string): Promise<void> {
  service.clock.set(`2027-03-${at}:00.000Z`);
  await tick(service);
}

describe("a step that is done early", () => {
  const mark = (step: string, sooner = true, deps: MarkDoneDeps = service.depsOf("http")) =>
    markDone(deps, { token, course, step, sooner });

  it("brings the next one on the next day, in its window", async () => {
    expect(await mark("welcome")).toEqual({ status: "marked", next: "2027-03-02T14:00:00.000Z" });
    await tickAt("02T13:59");
    expect(steps()).toHaveLength(1);
    await tickAt("02T14:00");
    expect(steps().at(-1)).toBe("course_records_run-1_school");
    expect(await enrolment()).toMatchObject({ step: "training", dueAt: "2027-03-09T14:00:00.000Z" });
    expect(await enrolment()).not.toHaveProperty("goesFrom");
  });

  it("changes nothing where nobody asked for it, and tells when the next one comes", async () => {
    expect(await mark("welcome", false)).toEqual({ status: "marked", next: "2027-03-03T14:00:00.000Z" });
    expect(await enrolment()).toMatchObject({ dueAt: "2027-03-03T14:00:00.000Z" });
  });

  it("twice, or long after, moves it to no later time", async () => {
    await mark("welcome");
    service.clock.set("2027-03-02T13:30:00.000Z");
    expect(await mark("welcome")).toEqual({ status: "marked", next: "2027-03-02T14:00:00.000Z" });
    await tickAt("02T14:00");
    expect(await mark("welcome")).toEqual({ status: "marked", next: "2027-03-09T14:00:00.000Z" });
    service.clock.set("2027-03-05T15:00:00.000Z");
    expect(await mark("school")).toEqual({ status: "marked", next: "2027-03-05T15:00:00.000Z" });
    await tickAt("05T15:00");
    expect(steps().at(-1)).toBe("course_records_run-1_training");
    expect(await mark("training")).toMatchObject({ next: "2027-03-08T14:00:00.000Z" });
  });

  it("of one that is not the newest hastens nothing", async () => {
    await tickAt("03T14:00");
    expect(await mark("welcome")).toMatchObject({ next: "2027-03-10T14:00:00.000Z" });
  });

  it("gives way to dispatch that came first, and looks again", async () => {
    const http = service.depsOf("http");
    let raced = 0;
    const advance: typeof http.enrolments.advance = async (from, to) => {
      if (raced++ === 0) {
        const { dueAt, ...rest } = from;
        await http.enrolments.advance(from, {
          state: "walking",
          step: from.step,
          dueAt: "2027-03-04T14:00:00.000Z",
        });
        expect(await http.enrolments.advance({ ...rest, dueAt }, to)).toBe(false);
        return false;
      }
      return http.enrolments.advance(from, to);
    };
    const outcome = await mark("welcome", true, { ...http, enrolments: { ...http.enrolments, advance } });
    expect(outcome).toEqual({ status: "marked", next: "2027-03-02T14:00:00.000Z" });
    expect(raced).toBe(2);
  });

  it("is over with the last one", async () => {
    for (const at of ["03T14:00", "10T14:00", "17T13:00"]) await tickAt(at);
    expect(await mark("farewell")).toEqual({ status: "marked" });
  });
});

describe("a course that is started again", () => {
  const restart = (step: string, of = course) =>
    restartCourse(service.depsOf("http"), { token, course: of, step });
  const mark = (step: string) => markDone(service.depsOf("http"), { token, course, step });
  const standings = async () => {
    const open = await openProgress(service.depsOf("http"), token);
    return open.status === "open" ? open.courses[0]?.steps.map(({ state }) => state) : open;
  };

  it("five times a day at most, and keeps each mark and tick", async () => {
    await tickAt("03T14:00");
    for (const step of ["welcome", "school"]) await mark(step);
    await service.deps.enrolments.setTasks({ subscriberId: id, course, run: 1 }, "school", ["enrol"]);
    for (let press = 1; press <= 5; press++) {
      expect(await restart(press % 2 === 1 ? "welcome" : "school")).toEqual({ status: "restarted" });
      if (press === 5) expect(await restart("welcome")).toEqual({ status: "restarted" });
    }
    expect(await restart("school")).toEqual({ status: "too-often" });
    const six = await enrolment();
    expect(six).toMatchObject({ run: 6, step: "welcome", tasks: { school: ["enrol"] } });
    expect(Object.keys(six?.done ?? {}).sort()).toEqual(["school", "welcome"]);
    expect(await standings()).toEqual(["next", "later", "later", "later"]);
    service.clock.set("2027-03-04T13:00:00.000Z");
    expect(await restart("school")).toEqual({ status: "restarted" });
  });

  it("goes on from that step on the next day, as a new run, and keeps what was done before it", async () => {
    for (const at of ["03T14:00", "10T14:00"]) await tickAt(at);
    for (const step of ["welcome", "school", "training"]) await mark(step);
    await service.deps.enrolments.setTasks({ subscriberId: id, course, run: 1 }, "school", ["enrol"]);
    expect(await restart("training")).toEqual({ status: "restarted" });
    expect(await enrolment()).toMatchObject({
      run: 2,
      step: "training",
      dueAt: "2027-03-11T14:00:00.000Z",
      tasks: { school: ["enrol"] },
    });
    expect(Object.keys((await enrolment())?.done ?? {}).sort()).toEqual(["school", "training", "welcome"]);
    expect(await standings()).toEqual(["done", "done", "next", "later"]);
    await tickAt("10T15:30");
    expect(steps()).toHaveLength(3);
    await tickAt("11T14:00");
    expect(await standings()).toEqual(["done", "done", "done", "next"]);
    await tickAt("18T13:00");
    expect(steps().slice(3)).toEqual(["course_records_run-2_training", "course_records_run-2_farewell"]);
    expect(await mark("school")).toMatchObject({ status: "marked" });
  });

  it("pressed twice is started once", async () => {
    await tickAt("03T14:00");
    await Promise.all([restart("welcome"), restart("welcome")]);
    await restart("welcome");
    expect((await enrolment())?.run).toBe(2);
    await tickAt("04T14:00");
    await tickAt("06T14:00");
    await tickAt("08T14:00");
    expect(steps().slice(2)).toEqual(["course_records_run-2_welcome", "course_records_run-2_school"]);
  });

  it("after its end walks again", async () => {
    for (const at of ["03T14:00", "10T14:00", "17T13:00"]) await tickAt(at);
    expect((await enrolment())?.state).toBe("finished");
    expect(await restart("school")).toEqual({ status: "restarted" });
    await tickAt("18T13:00");
    expect(steps().at(-1)).toBe("course_records_run-2_school");
  });

  it("supersedes what is queued of the run before", async () => {
    service.clock.set("2027-03-03T14:00:00.000Z");
    await dispatch.with(service.depsOf("dispatch"))(scheduleEvent);
    expect(await restart("welcome")).toEqual({ status: "restarted" });
    await sendAll(service);
    expect(steps()).toHaveLength(1);
    const mailing = "course_records_run-1_school";
    const rows = await service.deps.deliveries.loadMany([{ subscriberId: id, mailing }]);
    expect([...rows.values()]).toMatchObject([{ state: "skipped", reason: "superseded" }]);
  });

  it("is begun by dispatch where the fast path failed", async () => {
    const http = service.depsOf("http");
    const start = () => Promise.reject(new AppError("unavailable", "aws.unavailable", "away"));
    const broken = { ...http, enrolments: { ...http.enrolments, start } };
    expect(await restartCourse(broken, { token, course, step: "welcome" })).toEqual({ status: "restarted" });
    expect((await enrolment())?.run).toBe(1);
    await tickAt("01T12:01");
    expect(await enrolment()).toMatchObject({ run: 2, step: "welcome", dueAt: "2027-03-02T05:00:00.000Z" });
  });

  it("is refused at a step that never came, off the course, and by other links", async () => {
    expect(await restart("training")).toEqual({ status: "no-step" });
    expect(await restart("nonsense")).toEqual({ status: "no-step" });
    expect(await restart("welcome", "constructor")).toEqual({ status: "not-on-course" });
    const http = service.depsOf("http");
    expect(await restartCourse(http, { token: "k.b.c..d", course, step: "welcome" })).toEqual({
      status: "forged",
    });
    const stranger = await progressToken(service, "sub_nobody");
    expect(await restartCourse(http, { token: stranger, course, step: "welcome" })).toEqual({
      status: "gone",
    });
    await changeSubscriber(service.deps.subscribers, id, (known) =>
      leave(known, course, service.clock.now()),
    );
    expect(await restart("welcome")).toEqual({ status: "not-on-course" });
  });

  it("left and joined by a signup starts at the first step", async () => {
    await tickAt("03T14:00");
    await restart("school");
    await changeSubscriber(service.deps.subscribers, id, (known) =>
      leave(known, course, service.clock.now()),
    );
    service.clock.set("2027-03-05T12:00:00.000Z");
    await join(service, email);
    await tickAt("05T12:01");
    expect(steps().at(-1)).toBe("course_records_run-3_welcome");
  });
});
