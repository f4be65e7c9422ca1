import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "../../../core/errors.ts";
import { withPause } from "../../../core/rhythm/change-rhythm.ts";
import { setRhythm } from "../../../core/rhythm/set-rhythm.ts";
import { changeSubscriber } from "../../../core/subscriber/change.ts";
import { leave } from "../../../core/subscriber/unsubscribe.ts";
import { handler } from "../../../functions/schedule/dispatch.ts";
import { scheduleEvent } from "../../helpers/events.ts";
import { progressToken } from "../../helpers/progress.ts";
import { allRows } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { settingsOf } from "../../helpers/settings.ts";
import { join, received, sendAll, tick } from "../../helpers/walk.ts";

const email = "ada@example.com";

let service: TestService;
let id: string;
let reader: ReturnType<typeof settingsOf>;
beforeEach(async () => {
  service = await startService(); // Monday, 07:00 in New York
  id = await join(service, email);
  await tick(service);
  reader = settingsOf(service, await progressToken(service, id));
});
afterEach(() => service.stop());

const steps = () => received(service, email).map((mailing) => mailing.split("_").at(-1));
const kept = async () => service.deps.subscribers.load(id);

/** Whether a step comes at this instant, and not a minute before. */
async function expectAt(instant: string, step: string): Promise<void> {
  const minute = new Date(Date.parse(instant) - 60_000).toISOString();
  service.clock.set(minute);
  await tick(service);
  expect(steps()).not.toContain(step);
  service.clock.set(instant);
  await tick(service);
  await tick(service);
  expect(steps()).toContain(step);
}

describe("the pace", () => {
  it("stays the course's own until it is chosen, and opening the page changes nothing", async () => {
    const before = await allRows(service);
    const { statusCode, body } = await reader.open();
    expect(statusCode).toBe(200);
    expect(body).toContain("“school” comes on Wednesday, March 3, 2027, at about 9 a.m.");
    expect(body).toContain("A step about every 7 days, 16 days in all.");
    expect(body).toContain("A step about every 4 days, 9 days in all.");
    await reader.setPace();
    expect(await allRows(service)).toEqual(before);
  });

  it.each([
    ["faster", "2027-03-02T14:00:00.000Z", "Tuesday, March 2"],
    ["slower", "2027-03-05T14:00:00.000Z", "Friday, March 5"],
  ])("%s moves the step that is planned, and the page says to when", async (speed, at, day) => {
    const { body } = await reader.setPace({ speed });
    expect(body).toContain("Your pace is saved.");
    expect(body).toContain(`“school” comes on ${day}, 2027, at about 9 a.m.`);
    await expectAt(at, "school");
  });

  it("faster than the days that have passed sends the step in the next open hour", async () => {
    await reader.setPace({ speed: "slower" });
    service.clock.set("2027-03-04T18:00:00.000Z"); // Thursday, after the window
    const { body } = await reader.setPace({ speed: "faster" });
    expect(body).toContain("“school” comes on Friday, March 5, 2027, at about 9 a.m.");
    await expectAt("2027-03-05T14:00:00.000Z", "school");
  });

  it("takes the day and the hour that were chosen, and gives them back", async () => {
    const { body } = await reader.setPace({ day: "sat", hour: "18" });
    expect(body).toContain("“school” comes on Saturday, March 6, 2027, at about 6 p.m.");
    expect(body).toContain('<option value="sat" selected>Saturdays</option>');
    await expectAt("2027-03-06T23:00:00.000Z", "school");
    await reader.setPace();
    expect(await kept()).not.toHaveProperty("rhythm");
  });

  it("follows a reader who has moved", async () => {
    const { body } = await reader.setPace({ zone: "Asia/Tokyo" });
    expect(body).toContain("“school” comes on Wednesday, March 3, 2027, at about 9 a.m.");
    await expectAt("2027-03-03T00:00:00.000Z", "school");
  });

  it("chosen while a step is in its packet plans the next one from that step", async () => {
    service.clock.set("2027-03-03T14:00:00.000Z");
    const dispatch = service.depsOf("dispatch");
    let chosen = false;
    const advance: typeof dispatch.enrolments.advance = async (from, to) => {
      if (!chosen) await reader.setPace({ speed: "slower" });
      chosen = true;
      return dispatch.enrolments.advance(from, to);
    };
    await handler.with({ ...dispatch, enrolments: { ...dispatch.enrolments, advance } })(scheduleEvent);
    await sendAll(service);
    expect(steps().at(-1)).toBe("school");
    for (const at of ["03T14:01", "05T14:00"]) {
      service.clock.set(`2027-03-${at}:00.000Z`);
      await tick(service);
    }
    const packets = (await allRows(service)).filter(
      ({ mailing }) => mailing === "course_records_run-1_school",
    );
    expect(packets.map(({ recipients }) => recipients).filter(Boolean)).toHaveLength(1);
    await expectAt("2027-03-17T13:00:00.000Z", "training");
  });

  it("of before stays on a return, but no pause does: the welcome comes", async () => {
    await reader.setPace({ speed: "slower", hour: "18" });
    await changeSubscriber(service.deps.subscribers, id, (known) =>
      withPause(known, { day: "2028-02-28" }, service.clock.now()),
    );
    await changeSubscriber(service.deps.subscribers, id, (known) =>
      leave(known, "records", service.clock.now()),
    );
    await tick(service);
    service.clock.set("2027-05-03T12:00:00.000Z");
    await join(service, email);
    service.clock.set("2027-05-03T12:01:00.000Z");
    await tick(service);
    expect(received(service, email).at(-1)).toBe("course_records_run-2_welcome");
    expect((await kept())?.rhythm).toEqual({ speed: "slower", hour: 18 });
  });

  it("moves the reminder of a date that is ahead, and leaves one alone that has gone", async () => {
    const due = async () => (await service.deps.dates.of(id)).map(({ dueAt }) => dueAt);
    const wanted = { subscriberId: id, label: "Exam", daysBefore: 7, run: 1 };
    const known = await kept();
    if (known)
      await service.deps.subscribers.replace({
        ...known,
        lists: { ...known.lists, reminders: { state: "joined", run: 1, since: "2027-03-01T12:00:00.000Z" } },
      });
    await service.deps.dates.add({
      ...wanted,
      id: "a",
      date: "2027-05-01",
      dueAt: "2027-04-24T13:00:00.000Z",
    });
    const gone = { ...wanted, id: "b", date: "2027-05-02", dueAt: "2027-04-25T13:00:00.000Z" };
    await service.deps.dates.add(gone);
    await service.deps.dates.advance(gone, undefined);
    await reader.setPace({ zone: "Asia/Tokyo" });
    expect(await due()).toEqual(["2027-04-24T00:00:00.000Z", undefined]);
  });

  it("moves the digest to its day and hour", async () => {
    const known = await kept();
    if (known)
      await service.deps.subscribers.replace({
        ...known,
        lists: { ...known.lists, digest: { state: "joined", run: 1, since: "2027-03-01T12:00:00.000Z" } },
      });
    await service.deps.digests.start({
      subscriberId: id,
      run: 1,
      edition: "2027-W10",
      dueAt: "2027-03-08T14:00:00.000Z",
    });
    await reader.setPace({ day: "sun", hour: "18" });
    expect(await service.deps.digests.load(id)).toEqual({
      run: 1,
      edition: "2027-W10",
      dueAt: "2027-03-14T22:00:00.000Z",
    });
  });

  it("with mistakes keeps what was entered, says what to do, and stores nothing", async () => {
    const before = await allRows(service);
    const answer = await reader.setPace({ speed: "warp", day: "sat", hour: "4", zone: "Mars/Base" });
    expect(answer.statusCode).toBe(422);
    for (const words of ["Choose one of the three.", "Choose an hour from the list", "Choose a time zone"])
      expect(answer.body).toContain(words);
    expect(answer.body).toContain('<option value="sat" selected>');
    expect(await allRows(service)).toEqual(before);
  });

  it("waits for the minute where a service does not answer, and dispatch makes it good", async () => {
    const http = service.depsOf("http");
    const away = () => Promise.reject(new AppError("unavailable", "aws.unavailable", "away"));
    const outcome = await setRhythm(
      { ...http, enrolments: { ...http.enrolments, advance: away } },
      {
        token: await progressToken(service, id),
        speed: "faster",
        day: "",
        hour: "",
        zone: "Asia/Tokyo",
        nudges: true,
      },
    );
    expect(outcome).toMatchObject({ status: "set", replanned: false });
    expect((await reader.open()).body).toContain("on Tuesday, March 2, 2027, at about 9 a.m.");
    service.clock.set("2027-03-01T12:01:00.000Z");
    await tick(service);
    expect((await kept())?.todo).not.toHaveProperty("replan");
    await expectAt("2027-03-02T00:00:00.000Z", "school");
  });

  it("holds against a dispatch that planned by the pace of before", async () => {
    service.clock.set("2027-03-03T14:00:00.000Z");
    const [due] = await service.deps.enrolments.due("2027-03-03T14:00:00.000Z", 10);
    await reader.setPace({ speed: "slower" });
    await reader.setPace({ speed: "faster" });
    expect(due && (await service.deps.enrolments.advance(due, { state: "stopped" }))).toBe(false);
    await tick(service);
    expect(steps()).toContain("school");
  });

  it.each(["", "k1.sub_1.all..AAAAAAAAAAAAAAAAAAAAAA"])("is refused to the token %j", async (token) => {
    const before = await allRows(service);
    const forger = settingsOf(service, token);
    for (const answer of [
      await forger.setPace({ speed: "faster" }),
      await forger.pause({ weeks: "4" }),
      await forger.leaveAll(),
      await forger.setTopics(["coding"]),
    ])
      expect(answer.statusCode).toBe(403);
    expect(await allRows(service)).toEqual(before);
  });
});

describe("a pause", () => {
  it("holds the steps up to its day, and they go on from there", async () => {
    const { body } = await reader.pause({ until: "2027-04-05" });
    expect(body).toContain("You have paused until April 5, 2027.");
    expect(body).toContain("“school” comes on Monday, April 5, 2027, at about 9 a.m.");
    service.clock.set("2027-03-20T14:00:00.000Z");
    await tick(service);
    await expectAt("2027-04-05T13:00:00.000Z", "school");
  });

  it("of four weeks ends where the reader is, and again on the same day once they have moved", async () => {
    await reader.pause({ weeks: "4" });
    expect((await kept())?.rhythm).toEqual({ pausedUntil: "2027-03-29T04:00:00.000Z" });
    await reader.setPace({ zone: "Asia/Tokyo", speed: "slower" });
    expect((await kept())?.rhythm).toEqual({ speed: "slower", pausedUntil: "2027-03-28T15:00:00.000Z" });
  });

  it("that is over at once lets go", async () => {
    await reader.pause({ until: "2027-06-01" });
    service.clock.set("2027-03-10T13:00:00.000Z");
    await tick(service);
    const { body } = await reader.pause({ resume: "yes" });
    expect(body).toContain("Your mails go on.");
    expect(body).not.toContain("You have paused until");
    await expectAt("2027-03-10T14:00:00.000Z", "school");
  });

  it("holds a mail that is queued already, and the end of the pause lets it go", async () => {
    service.clock.set("2027-03-03T14:00:00.000Z");
    const { handler } = await import("../../../functions/schedule/dispatch.ts");
    const { scheduleEvent } = await import("../../helpers/events.ts");
    await handler.with(service.depsOf("dispatch"))(scheduleEvent);
    const { body } = await reader.pause({ until: "2027-03-31" });
    expect(body).toContain("“school” comes on Wednesday, March 31, 2027, at about 9 a.m.");
    await sendAll(service);
    expect(steps()).not.toContain("school");
    const resumed = await reader.pause({ resume: "yes" });
    expect(resumed.body).toContain("“school” comes on Thursday, March 4, 2027, at about 9 a.m.");
    service.clock.set("2027-03-04T05:00:00.000Z");
    await tick(service);
    service.clock.set("2027-03-04T14:00:00.000Z");
    await tick(service);
    expect(steps()).toContain("school");
  });

  it.each(["", "2027-03-01", "2028-03-02", "2027-02-30", "<b>"])(
    "until %j is refused, and the form comes back",
    async (until) => {
      const before = await allRows(service);
      const answer = await reader.pause({ until });
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain("Enter a day after today, at most a year ahead");
      expect(await allRows(service)).toEqual(before);
    },
  );

  it("may last a year", async () => {
    expect((await reader.pause({ until: "2028-03-01" })).statusCode).toBe(200);
  });
});
