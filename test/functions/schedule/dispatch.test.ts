import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "../../../core/errors.ts";
import type { Mailer } from "../../../core/ports.ts";
import { signUp as signUpDirectly } from "../../../core/subscriber/sign-up.ts";
import { suppress } from "../../../core/subscriber/suppress.ts";
import { handler as sendPacket } from "../../../functions/queue/send-packet.ts";
import { handler } from "../../../functions/schedule/dispatch.ts";
import { scheduleEvent, sqsEvent } from "../../helpers/events.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { join, received, sendAll, signUp, tick } from "../../helpers/walk.ts";

let service: TestService;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.stop());

const email = "ada@example.com";
const steps = () =>
  received(service, email).flatMap((mailing) =>
    mailing.startsWith("nudge_") ? [] : (mailing.split("_").at(-1) ?? []),
  );

describe("dispatch", () => {
  it("walks a subscriber through the course, each step on its day and in its window", async () => {
    await join(service, email);
    await tick(service);
    for (const [before, at, step] of [
      ["2027-03-03T13:59:00.000Z", "2027-03-03T14:00:00.000Z", "school"],
      ["2027-03-10T13:59:00.000Z", "2027-03-10T14:00:00.000Z", "training"],
      ["2027-03-17T12:59:00.000Z", "2027-03-17T13:00:00.000Z", "farewell"],
    ]) {
      service.clock.set(before ?? "");
      await tick(service);
      expect(steps()).not.toContain(step);
      service.clock.set(at ?? "");
      await tick(service);
      expect(steps().at(-1)).toBe(step);
    }
    service.clock.set("2027-06-01T14:00:00.000Z");
    await tick(service);
    expect(steps()).toEqual(["1", "welcome", "school", "training", "farewell"]);
  });

  it("twenty at once send a step once", async () => {
    await join(service, email);
    await Promise.all(
      Array.from({ length: 20 }, () => handler.with(service.depsOf("dispatch"))(scheduleEvent)),
    );
    await sendAll(service);
    expect(steps()).toEqual(["1", "welcome"]);
  });

  it("that dies before the enrolment moved on enqueues again, and the ledger sends once", async () => {
    await join(service, email);
    const dies = {
      ...service.depsOf("dispatch"),
      enrolments: {
        ...service.depsOf("dispatch").enrolments,
        advance: () => Promise.reject(new Error("died")),
      },
    };
    await expect(handler.with(dies)(scheduleEvent)).rejects.toThrow(AggregateError);
    await tick(service);
    await tick(service);
    expect(steps()).toEqual(["1", "welcome"]);
  });

  const away = () => Promise.reject(new AppError("unavailable", "aws.unavailable", "away"));
  const form = {
    email,
    name: "",
    zone: "UTC",
    course: "records",
    digest: false,
    reminders: false,
    source: "form",
    network: "",
  };

  it("makes good a confirmation whose fast path failed", async () => {
    const outcome = await signUpDirectly(
      { ...service.depsOf("http"), packets: { ...service.depsOf("http").packets, create: away } },
      form,
    );
    expect(outcome).toEqual({ status: "check-inbox", enqueued: false });
    expect(received(service, email)).toEqual([]);
    await tick(service);
    expect(received(service, email)).toEqual(["confirm_2027-03-01_1"]);
  });

  it("rings within minutes for a confirmation that could not be rung for", async () => {
    await signUpDirectly({ ...service.depsOf("http"), doorbells: { ring: away } }, form);
    service.clock.set("2027-03-01T12:02:00.000Z");
    await tick(service);
    expect(received(service, email)).toEqual(["confirm_2027-03-01_1"]);
  });

  it("plans on while no doorbell can be rung, with one packet for each step", async () => {
    await join(service, email);
    const mute = { ...service.depsOf("dispatch"), doorbells: { ring: away } };
    for (let minute = 0; minute < 4; minute++) {
      service.clock.pass(60);
      await handler
        .with(mute)(scheduleEvent)
        .catch(() => {});
    }
    expect(await service.deps.packets.due("2027-03-01T13:00:00.000Z", 10)).toHaveLength(1);
  });

  it("does everybody else's work when one row cannot be planned, and says that it failed", async () => {
    await join(service, "bad@example.com");
    const bad = await service.deps.subscribers.load(service.ses.mails()[0]?.tags.subscriber ?? "");
    if (bad) await service.deps.subscribers.replace({ ...bad, zone: "Not/AZone" });
    await join(service, email);
    service.clock.set("2027-03-01T12:01:00.000Z");
    await expect(tick(service)).rejects.toThrow(AggregateError);
    await sendAll(service);
    expect(steps()).toEqual(["1", "welcome"]);
  });

  it("rings again for a packet whose message was lost", async () => {
    await signUp(service, email);
    const lost = { ring: async () => {} };
    await join(service, "lost@example.com");
    await handler.with({ ...service.depsOf("dispatch"), doorbells: lost })(scheduleEvent);
    await tick(service);
    expect(received(service, "lost@example.com")).toHaveLength(1);
    service.clock.set("2027-03-01T12:15:00.000Z");
    await tick(service);
    expect(received(service, "lost@example.com")).toHaveLength(2);
  });

  it("holds the next step while the one before is not settled, and never sends two in a day", async () => {
    await join(service, email);
    const lost = { ring: async () => {} };
    await handler.with({ ...service.depsOf("dispatch"), doorbells: lost })(scheduleEvent);
    service.clock.set("2027-03-03T14:00:00.000Z");
    await handler.with({ ...service.depsOf("dispatch"), doorbells: lost })(scheduleEvent);
    expect(steps()).toEqual(["1"]);
    service.clock.set("2027-03-03T14:30:00.000Z");
    await tick(service);
    expect(steps()).toEqual(["1", "welcome"]);
    service.clock.set("2027-03-03T16:00:00.000Z");
    await tick(service);
    expect(steps()).toEqual(["1", "welcome"]);
    service.clock.set("2027-03-05T14:00:00.000Z");
    await tick(service);
    expect(steps()).toEqual(["1", "welcome", "school"]);
  });

  it("run twice at once rings for a packet once, and not for one that a worker holds", async () => {
    await join(service, email);
    await handler.with({ ...service.depsOf("dispatch"), doorbells: { ring: async () => {} } })(scheduleEvent);
    service.clock.set("2027-03-01T12:15:00.000Z");
    await Promise.all([1, 2, 3].map(() => handler.with(service.depsOf("dispatch"))(scheduleEvent)));
    const bodies = await service.messages("send-bulk");
    expect(bodies).toHaveLength(1);
    const packet = await service.deps.packets.load(JSON.parse(bodies[0] ?? "").packetId);
    if (packet)
      await service.deps.packets.lease(packet, service.clock.elapsed() + 90_000, service.clock.elapsed());
    service.clock.set("2027-03-01T12:30:00.000Z");
    await handler.with(service.depsOf("dispatch"))(scheduleEvent);
    expect(await service.messages("send-bulk")).toEqual([]);
  });

  it("stops at those who bounced", async () => {
    const id = await join(service, email);
    await suppress(service.deps, id, "bounce");
    await tick(service);
    service.clock.set("2027-03-03T14:00:00.000Z");
    await tick(service);
    expect(steps()).toEqual(["1"]);
  });

  it("throws when the table does not answer, so that the failure is counted", async () => {
    const due = () => Promise.reject(new Error("throttled"));
    const broken = {
      ...service.depsOf("dispatch"),
      enrolments: { ...service.depsOf("dispatch").enrolments, due },
    };
    await expect(handler.with(broken)(scheduleEvent)).rejects.toThrow(AggregateError);
  });
});

describe("a mail of unknown outcome, after fifteen minutes without evidence", () => {
  /** The first mails of each mailing are accepted, and no answer comes. */
  async function loseAnswers(count: number): Promise<void> {
    await service.stop();
    let lost = 0;
    service = await startService({ faults: () => (lost++ < count ? { after: "drop" } : undefined) });
  }
  const stateOf = async (subscriberId: string, mailing: string) =>
    [...(await service.deps.deliveries.loadMany([{ subscriberId, mailing }])).values()][0];

  it("goes once more when it is a confirmation, and only once", async () => {
    await loseAnswers(2);
    const id = await signUp(service, email);
    await tick(service);
    expect(steps()).toEqual(["1"]);
    service.clock.set("2027-03-01T12:15:00.000Z");
    await tick(service);
    expect(steps()).toEqual(["1", "1"]);
    expect(await stateOf(id, "confirm_2027-03-01_1")).toMatchObject({ state: "unknown", attempt: 2 });
    for (const at of ["2027-03-01T12:31:00.000Z", "2027-03-01T13:00:00.000Z"]) {
      service.clock.set(at);
      await tick(service);
    }
    expect(steps()).toEqual(["1", "1"]);
    expect(await service.deps.deliveries.dueUnknown("2028-01-01T00:00:00.000Z", 10)).toEqual([]);
  });

  it("stays as it is when it is a step of the course, and the course goes on", async () => {
    await join(service, email);
    const mailer: Mailer = { send: async () => [{ outcome: "doubtful", code: "TimeoutError" }] };
    await handler.with(service.depsOf("dispatch"))(scheduleEvent);
    for (const body of await service.messages("send-bulk")) {
      await sendPacket.with({ ...service.depsOf("send-packet"), mailer })(sqsEvent(body));
    }
    service.clock.set("2027-03-01T12:15:00.000Z");
    await tick(service);
    expect(steps()).toEqual(["1"]);
    service.clock.set("2027-03-03T14:00:00.000Z");
    await tick(service);
    expect(steps()).toEqual(["1", "school"]);
  });
});
