import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { holdSending } from "../../../core/account/hold-sending.ts";
import { resumeSending } from "../../../core/account/resume-sending.ts";
import { addMinutes } from "../../../core/time/instant.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, received, sendAll, signUp, tick } from "../../helpers/walk.ts";

const email = "ada@example.com";
const other = "bob@example.com";
const began = "2027-03-01T12:00:00.000Z";

let service: TestService;
beforeEach(async () => {
  service = await startService({ at: began });
});
afterEach(() => service.stop());

/** The minutes of a clock, each with its dispatch. */
async function minutes(count: number): Promise<void> {
  for (let minute = 0; minute < count; minute++) {
    service.clock.pass(60);
    await tick(service);
  }
}

/** As after a restore: the row still names the table that was lost. */
async function restore(): Promise<void> {
  await service.deps.sending.replace(await service.deps.sending.load(), { table: "lost" });
}

async function states(id: string): Promise<Record<string, string>> {
  const rows = await service.deps.deliveries.history(id);
  return Object.fromEntries(rows.map(({ mailing, state }) => [mailing, state]));
}

describe("while sending is held", () => {
  it("packets wait and lose nobody, then go once each", async () => {
    await tick(service);
    await holdSending(service.deps);
    await signUp(service, email);
    await minutes(12);
    expect(service.ses.mails()).toEqual([]);
    expect(await resumeSending(service.deps)).toEqual({ status: "resumed" });
    await minutes(12);
    expect(received(service, email)).toEqual(["confirm_2027-03-01_1"]);
  });

  it("a mail that is due is not claimed, so that an unsubscribe can still stop it", async () => {
    await tick(service);
    await holdSending(service.deps);
    const id = await signUp(service, email);
    expect(await states(id)).toEqual({});
  });
});

describe("after a restore", () => {
  it("nothing is sent, though dispatch goes on, until it is resumed by hand", async () => {
    await join(service, email);
    await tick(service);
    const before = received(service, email);
    await restore();
    service.clock.set("2027-03-03T14:00:00.000Z");
    await minutes(20);
    expect(received(service, email)).toEqual(before);
  });

  it("what was planned by then is settled as unknown, not sent; what comes later is sent", async () => {
    const id = await join(service, email);
    await tick(service);
    const before = received(service, email);
    await restore();
    service.clock.set("2027-03-03T14:00:00.000Z");
    await minutes(6);
    expect(await resumeSending(service.deps)).toMatchObject({ status: "resumed" });
    await minutes(10);
    expect(received(service, email)).toEqual(before);
    expect(await states(id)).toMatchObject({ "course_records_run-1_school": "unknown" });
    service.clock.set("2027-03-10T14:00:00.000Z");
    await minutes(1);
    expect(received(service, email)).toEqual([...before, "course_records_run-1_training"]);
  });

  it("a confirmation in doubt goes once more after the time for evidence", async () => {
    await tick(service);
    await restore();
    await signUp(service, other);
    await minutes(6);
    await resumeSending(service.deps);
    await minutes(10);
    expect(received(service, other)).toEqual([]);
    await minutes(20);
    expect(received(service, other)).toEqual(["confirm_2027-03-01_1"]);
  });
});

describe("what is measured while packets are sent", () => {
  const named = (name: string) => service.measured.filter(([measured]) => measured === name);

  it("refused mails count as failed, mails in doubt as unknown, the rest not at all", async () => {
    await join(service, email);
    await sendAll(service);
    expect([...named("DeliveriesFailed"), ...named("DeliveriesUnknown")]).toEqual([]);
    await service.stop();
    const faults = [
      { before: { status: 400, errorType: "MessageRejected", message: "Email address is not valid" } },
      { after: { status: 500, errorType: "InternalFailure", message: "" } },
    ];
    service = await startService({ at: began, faults: () => faults.shift() });
    await signUp(service, email);
    await signUp(service, other);
    expect(named("DeliveriesFailed")).toEqual([["DeliveriesFailed", 1]]);
    expect(named("DeliveriesUnknown")).toEqual([["DeliveriesUnknown", 1]]);
  });

  it("dispatch tells how old the oldest open packet is that it rings for, from when it was planned for", async () => {
    await tick(service);
    expect(named("OldestPacketSeconds")).toEqual([]);
    await holdSending(service.deps);
    await signUp(service, email);
    for (let quarter = 0; quarter < 8; quarter++) {
      service.clock.pass(15 * 60);
      await tick(service);
    }
    const ages = named("OldestPacketSeconds").map(([, seconds]) => seconds);
    expect(Math.max(...ages)).toBeGreaterThan(7000);
    expect(Math.max(...ages)).toBeLessThanOrEqual(120 * 60);
  });

  it("dispatch tells at every fifth minute how far it is behind, and each time that a part of it fails", async () => {
    await minutes(5);
    expect(named("DispatchLagSeconds")).toEqual([["DispatchLagSeconds", 0]]);
    const { enrolments } = service.depsOf("dispatch");
    await join(service, email);
    const advance = enrolments.advance;
    service.depsOf("dispatch").enrolments.advance = () => Promise.reject(new Error("row cannot be read"));
    for (let minute = 0; minute < 10; minute++) await minutes(1).catch(() => undefined);
    expect(named("DispatchLagSeconds").map(([, seconds]) => seconds)).toEqual([0, 300, 600]);
    expect(named("DispatchFailures").length).toBe(10);
    service.depsOf("dispatch").enrolments.advance = advance;
    service.clock.set(addMinutes(service.clock.now(), 5));
    await tick(service);
    expect(named("DispatchLagSeconds").at(-1)).toEqual(["DispatchLagSeconds", 0]);
  });
});
