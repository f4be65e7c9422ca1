import { afterAll, beforeAll, expect, it } from "vitest";
import { addMinutes } from "../../core/time/instant.ts";
import { delivery, putDelivery } from "../helpers/ledger-rows.ts";
import { bounced, subscriber } from "../helpers/subscribers.ts";
import { join } from "../helpers/walk.ts";
import { type OperatorService, startOperatorService } from "./operator-service.ts";
import { runCli } from "./run-cli.ts";

const now = "2027-03-12T23:00:00.000Z";
const course = "medical-records-technician";
const list = { state: "joined" as const, run: 1, since: "2027-03-12T22:29:00.000Z" };

let operator: OperatorService;
let ada: string;
beforeAll(async () => {
  operator = await startOperatorService(now);
  const { deps } = operator.service;
  ada = await join(operator.service, "ada@example.com");
  // On the course as it is built, which commands know, whatever the tests' own is.
  for (const id of ["sub_walks", "sub_bounced"]) {
    await deps.subscribers.create(
      subscriber({ id, lists: { [course]: list }, ...(id === "sub_bounced" && bounced) }),
    );
    await deps.enrolments.start({
      subscriberId: id,
      course,
      run: 1,
      state: "walking",
      step: "school",
      previous: "welcome",
      dueAt: "2027-03-15T13:00:00.000Z",
      startedAt: addMinutes(now, -31),
    });
    await putDelivery(
      operator.rows.table,
      delivery({
        subscriberId: id,
        mailing: `course_${course}_run-1_welcome`,
        state: "sent",
        reason: "",
        claimedAt: addMinutes(now, -30),
        settledAt: addMinutes(now, -30),
        events: { delivered: addMinutes(now, -29) },
      }),
    );
  }
});
afterAll(() => operator.stop());

it("tells what was sent, what comes next, when, and why then, in 80 columns and without an address", async () => {
  const { code, stdout, stderr } = await operator.run("explain", "sub_walks");
  expect([code, stderr]).toEqual([0, ""]);
  const words = stdout.replaceAll(/\s+/g, " ");
  expect(words).toContain(
    "sub_walks: active. Times are those of America/New_York, where it is Fri 2027-03-12 18:00",
  );
  expect(words).toContain(
    `2027-03-12 22:30Z sent course_${course}_run-1_welcome attempt 1, events: delivered 2027-03-12 22:31Z`,
  );
  expect(words).toContain("next: school goes Mon 2027-03-15 09:00 (2027-03-15 13:00Z)");
  expect(words).toContain(
    "because 2 days after the step before, which was settled Fri 2027-03-12 17:30: not before Sun 2027-03-14 00:00",
  );
  expect(words).toContain("is closed Sun 2027-03-14 00:00; it opens Mon 2027-03-15 09:00");
  expect(words).toContain(
    "the clocks of America/New_York change in between, 2027-03-14, from -05:00 to -04:00",
  );
  expect(stdout).not.toContain("@");
  for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

it("tells that nothing goes to somebody who bounced, and why", async () => {
  const { stdout } = await operator.run("explain", "sub_bounced");
  expect(stdout).toContain("SUPPRESSED after a bounce, Tue 2027-03-02 07:00");
  expect(stdout).toContain("nothing more goes");
  expect(stdout).toContain("because mail to this person is suppressed");
});

it("finds somebody by their address, and answers programs in JSON", async () => {
  const told = await operator.json("explain", "ADA@example.com");
  expect(told).toEqual(await operator.json("explain", ada));
  expect(told).toMatchObject({
    now,
    subscriber: { id: ada, status: "active", lists: { records: { state: "joined" } } },
    // The course of the tests is none that is built.
    courses: [
      { course: "records", next: { forecast: { status: "waits", because: [{ why: "no-course" }] } } },
    ],
  });
  expect(JSON.stringify(told)).not.toContain("@");
});

it("says that there is nobody of that name", async () => {
  const nobody = await operator.run("explain", "sub_nobody");
  expect(nobody).toMatchObject({ code: 1, stdout: "", stderr: "There is no subscriber sub_nobody.\n" });
});

it("says where else to look when no stage can be asked", async () => {
  const { code, stdout, stderr } = await runCli(["explain", "ada@example.com"], { HOME: "/nowhere" });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("no AWS region is set");
  expect(stderr).toContain("Or give --data .stepletter for a service on this machine.");
});

it("counts one day as one", async () => {
  const { deps } = operator.service;
  const lists = { reminders: { state: "joined" as const, run: 1, since: now } };
  await deps.subscribers.create(subscriber({ id: "sub_date", lists }));
  const date = { id: "d1", label: "Exam", date: "2027-03-16", daysBefore: 1, run: 1 };
  await deps.dates.add({ ...date, subscriberId: "sub_date", dueAt: "2027-03-15T13:00:00.000Z" });
  const { stdout } = await operator.run("explain", "sub_date");
  expect(stdout).toContain("2027-03-16, 1 day before (deadline_d1_2027-03-16_1)");
});

it("has examples in its help", async () => {
  const { stdout } = await runCli(["explain", "--help"]);
  expect(stdout).toContain("stepletter explain ada@example.org --data .stepletter");
});
