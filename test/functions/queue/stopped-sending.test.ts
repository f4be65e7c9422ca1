import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Deps } from "../../../adapters/connect.ts";
import { putRow } from "../../../adapters/dynamodb/table.ts";
import { resumeSending } from "../../../core/account/resume-sending.ts";
import { deliveryKey } from "../../../core/delivery/delivery.ts";
import { openPackets } from "../../../core/delivery/open-packets.ts";
import type { Packet } from "../../../core/delivery/packet.ts";
import { addMinutes } from "../../../core/time/instant.ts";
import { handler } from "../../../functions/queue/send-packet.ts";
import type { Fault } from "../../../local/ses/fault.ts";
import { failedIds, sqsEvent } from "../../helpers/events.ts";
import { tableOf } from "../../helpers/rows.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { subscriber } from "../../helpers/subscribers.ts";

const monday9 = "2027-03-08T14:00:00.000Z"; // 09:00 in New York
const mailing = { kind: "course", course: "records", run: 1, step: "school" } as const;
const mailingName = "course_records_run-1_school";
const paused: Fault = {
  before: { status: 400, errorType: "SendingPausedException", message: "Sending is paused" },
};
const badTemplate: Fault = {
  before: {
    status: 400,
    errorType: "BadRequestException",
    message: "Template contains unsupported operations",
  },
};

let service: TestService;
/** What SES does with each call, and how many mails each carried. */
let faults: (Fault | undefined)[];
let forAll: Fault | undefined;
let calls: number[];
beforeEach(async () => {
  [faults, forAll, calls] = [[], undefined, []];
  service = await startService({
    at: monday9,
    faults: ({ mails }) => {
      calls.push(mails.length);
      return faults.shift() ?? forAll;
    },
  });
});
afterEach(() => service.stop());

/** A packet of the course to so many subscribers; answers its doorbell. */
async function packetFor(count: number, prefix = "a"): Promise<string> {
  const ids = Array.from({ length: count }, (_, n) => `sub_${prefix}${n}`);
  for (const id of ids)
    await service.deps.subscribers.create(subscriber({ id, address: `${id}@example.com` }));
  await openPackets(service.deps, mailing, ids, { plannedAt: monday9 });
  const [body = ""] = await service.messages("send-bulk");
  return body;
}

const send = async (body: string, deps: Deps = service.depsOf("send-packet")) =>
  expect(failedIds(await handler.with(deps)(sqsEvent(body)))).toEqual([]);
const packet = (body: string) => service.deps.packets.load(JSON.parse(body).packetId);
const dueIn = async (body: string) =>
  (Date.parse((await packet(body))?.dueAt ?? "") - Date.parse(service.clock.now())) / 60_000;
const stop = async () => (await service.deps.sending.load())?.stop;

async function ledger(count: number, prefix = "a"): Promise<Record<string, number>> {
  const keys = Array.from({ length: count }, (_, n) => ({
    subscriberId: `sub_${prefix}${n}`,
    mailing: mailingName,
  }));
  const rows = await service.deps.deliveries.loadMany(keys);
  const counts: Record<string, number> = {};
  for (const key of keys) {
    const state = rows.get(deliveryKey(key))?.state ?? "none";
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

describe("an answer that would meet everybody", () => {
  it("stops the account: nobody fails, the packet waits until the probe, and the cause is told", async () => {
    const body = await packetFor(3);
    forAll = paused;
    await send(body);
    expect(await ledger(3)).toEqual({ released: 3 });
    expect(await stop()).toEqual({
      cause: "pause",
      code: "SendingPausedException",
      since: monday9,
      probeAt: addMinutes(monday9, 5),
      probes: 0,
    });
    expect(await dueIn(body)).toBeGreaterThanOrEqual(5);
    expect(await dueIn(body)).toBeLessThan(6);
    expect(service.measured).toContainEqual(["StoppedByPause", 1]);
  });

  it("keeps other packets from being claimed, so that an unsubscribe can still stop their mails", async () => {
    forAll = paused;
    await send(await packetFor(1));
    const other = await packetFor(2, "b");
    await send(other);
    expect(await ledger(2, "b")).toEqual({ none: 2 });
    expect(calls).toEqual([1]);
    expect(await dueIn(other)).toBeGreaterThanOrEqual(5);
    expect(service.measured.filter(([name]) => name === "StoppedByPause")).toHaveLength(2);
  });

  it("keeps what was accepted beside it", async () => {
    const body = await packetFor(3);
    faults = [{ entries: { 1: { status: "ACCOUNT_DAILY_QUOTA_EXCEEDED" } } }];
    await send(body);
    expect(await ledger(3)).toEqual({ sent: 2, released: 1 });
    expect(await stop()).toMatchObject({ cause: "quota" });
    service.clock.pass(6 * 60);
    await send(body);
    expect(await ledger(3)).toEqual({ sent: 3 });
    expect(service.ses.mails()).toHaveLength(3);
  });

  it("survives a hold and its end", async () => {
    forAll = paused;
    await send(await packetFor(1));
    const was = await service.deps.sending.load();
    if (was) await service.deps.sending.replace(was, { ...was, heldAt: monday9 });
    expect(await resumeSending(service.deps)).toMatchObject({ status: "resumed" });
    expect(await stop()).toMatchObject({ cause: "pause" });
  });
});

describe("when the time of the probe has come", () => {
  it("one packet sends one mail; once that is accepted, the stop is over and the rest goes", async () => {
    const body = await packetFor(5);
    faults = [paused];
    await send(body);
    service.clock.pass(6 * 60);
    calls = [];
    await send(body);
    expect(calls).toEqual([1, 4]);
    expect(await ledger(5)).toEqual({ sent: 5 });
    expect(await stop()).toBeUndefined();
  });

  it("one packet alone probes, however many come at once", async () => {
    const bodies = [await packetFor(2), await packetFor(2, "b"), await packetFor(2, "c")];
    forAll = paused;
    await send(bodies[0] ?? "");
    service.clock.pass(6 * 60);
    calls = [];
    await Promise.all(bodies.map((body) => send(body)));
    expect(calls).toEqual([1]);
    expect(await stop()).toMatchObject({ probes: 1, probeAt: addMinutes(service.clock.now(), 10) });
  });

  it("waits twice as long each time that it is refused again, an hour at most, since the same instant", async () => {
    const body = await packetFor(1);
    forAll = paused;
    const waits: number[] = [];
    for (let time = 0; time < 6; time++) {
      await send(body);
      waits.push(Math.floor(await dueIn(body)));
      service.clock.set((await packet(body))?.dueAt ?? "");
    }
    expect(waits).toEqual([5, 10, 20, 40, 60, 60]);
    expect(await stop()).toMatchObject({ since: monday9, probes: 5 });
    expect(await ledger(1)).toEqual({ released: 1 });
  });

  it("refused for another reason, it names the new one and goes on from the same instant", async () => {
    const body = await packetFor(1);
    faults = [paused, { entries: { 0: { status: "ACCOUNT_DAILY_QUOTA_EXCEEDED" } } }];
    await send(body);
    service.clock.pass(6 * 60);
    await send(body);
    const code = "ACCOUNT_DAILY_QUOTA_EXCEEDED";
    expect(await stop()).toMatchObject({ cause: "quota", code, since: monday9, probes: 1 });
    expect(service.measured).toContainEqual(["StoppedByQuota", 1]);
  });

  it("those who come while it is being tried look again soon, since it may be over any moment", async () => {
    forAll = paused;
    await send(await packetFor(1));
    service.clock.pass(6 * 60);
    const [probing, meanwhile] = [await packetFor(1, "b"), await packetFor(1, "c")];
    const deps = service.depsOf("send-packet");
    const mailer: Deps["mailer"] = {
      send: async (...call) => {
        await send(meanwhile);
        forAll = undefined;
        return deps.mailer.send(...call);
      },
    };
    await send(probing, { ...deps, mailer });
    expect(await stop()).toBeUndefined();
    expect(await dueIn(meanwhile)).toBeLessThan(3);
  });

  it("a mail that fails by itself tells nothing: the next recipient is tried", async () => {
    const body = await packetFor(3);
    faults = [paused, { entries: { 0: { status: "MESSAGE_REJECTED" } } }];
    await send(body);
    service.clock.pass(6 * 60);
    calls = [];
    await send(body);
    expect(calls).toEqual([1, 1, 1]);
    expect(await ledger(3)).toEqual({ failed: 1, sent: 2 });
    expect(await stop()).toBeUndefined();
  });

  it("a probe without any verdict leaves the probing to the next packet", async () => {
    const body = await packetFor(1);
    faults = [paused, { entries: { 0: { status: "MESSAGE_REJECTED" } } }];
    await send(body);
    service.clock.pass(6 * 60);
    await send(body);
    expect(await stop()).toMatchObject({ probes: 0, probeAt: addMinutes(monday9, 5) });
    await send(await packetFor(1, "b"));
    expect(await stop()).toBeUndefined();
  });

  it("one in doubt is enough: nobody else is handed over before the next probe", async () => {
    const body = await packetFor(3);
    faults = [paused, { after: { status: 500, message: "Internal" } }];
    await send(body);
    service.clock.pass(6 * 60);
    await send(body);
    expect(await ledger(3)).toEqual({ unknown: 1, released: 2 });
    expect(await stop()).toMatchObject({ probes: 1 });
    expect(await dueIn(body)).toBeGreaterThanOrEqual(10);
  });

  it("a probe that dies keeps nobody from probing later", async () => {
    const body = await packetFor(1);
    faults = [paused];
    await send(body);
    service.clock.pass(6 * 60);
    const deps = service.depsOf("send-packet");
    const packets = { ...deps.packets, markCalling: () => Promise.reject(new Error("died")) };
    await handler.with({ ...deps, packets })(sqsEvent(body));
    service.clock.pass(11 * 60);
    await send(body);
    expect(await ledger(1)).toEqual({ sent: 1 });
    expect(await stop()).toBeUndefined();
  });
});

describe("a mailing that cannot be sent", () => {
  it("is stopped by itself; others go", async () => {
    const body = await packetFor(2);
    faults = [badTemplate];
    await send(body);
    expect(await ledger(2)).toEqual({ released: 2 });
    expect(await stop()).toBeUndefined();
    expect(await service.deps.sending.stoppedMailings()).toMatchObject([
      { mailing: mailingName, stop: { cause: "setup", code: "BadRequestException" } },
    ]);
    const row = (await packet(body)) as Packet;
    await service.deps.packets.create({
      ...row,
      id: "pkt_other",
      mailing: "course_records_run-1_welcome",
      lease: 0,
    });
    await send('{"v":1,"packetId":"pkt_other"}');
    expect(service.ses.mails()).toHaveLength(2);
    service.clock.pass(6 * 60);
    await send(body);
    expect(await ledger(2)).toEqual({ sent: 2 });
    expect(await service.deps.sending.stoppedMailings()).toEqual([]);
  });

  it("gives the account's probe back, since it says nothing of the account", async () => {
    const body = await packetFor(1);
    faults = [paused];
    await send(body);
    const row = (await packet(body)) as Packet;
    await service.deps.packets.create({ ...row, id: "pkt_odd", mailing: "postcard_1", lease: 0 });
    service.clock.pass(6 * 60);
    const before = await stop();
    await send('{"v":1,"packetId":"pkt_odd"}');
    expect(await stop()).toEqual(before);
    await send(body);
    expect(await stop()).toBeUndefined();
    expect(await ledger(1)).toEqual({ sent: 1 });
  });

  it("can be stopped again later, for another reason", async () => {
    const body = await packetFor(1);
    faults = [badTemplate];
    await send(body);
    service.clock.pass(6 * 60);
    await send(body);
    faults = [{ before: { status: 404, errorType: "NotFoundException", message: "No such template" } }];
    await send(await packetFor(1, "b"));
    expect(await service.deps.sending.stoppedMailings()).toMatchObject([
      { stop: { code: "NotFoundException", probes: 0 } },
    ]);
  });

  it("of which the name says nothing to this version waits and is shown, and rings no dead letter", async () => {
    const row = (await packet(await packetFor(1))) as Packet;
    await service.deps.packets.create({ ...row, id: "pkt_odd", mailing: "postcard_1", lease: 0 });
    const body = '{"v":1,"packetId":"pkt_odd"}';
    await send(body);
    expect(await service.deps.sending.stoppedMailings()).toMatchObject([
      { mailing: "postcard_1", stop: { cause: "setup", code: "packet.bad-mailing" } },
    ]);
    service.clock.pass(6 * 60);
    await send(body);
    expect(await dueIn(body)).toBeGreaterThanOrEqual(10);
    expect(service.measured.filter(([name]) => name === "StoppedBySetup")).toHaveLength(2);
  });
});

describe("a call that is refused as a whole", () => {
  const refused: Fault = {
    before: { status: 400, errorType: "BadRequestException", message: "Missing final '@domain'" },
  };

  it("accepted nobody: each goes once more in a call of its own, and only who is refused there fails", async () => {
    const body = await packetFor(4);
    faults = [refused, undefined, refused];
    await send(body);
    expect(calls).toEqual([4, 1, 1, 1, 1]);
    expect(await ledger(4)).toEqual({ sent: 3, failed: 1 });
    expect(service.ses.mails()).toHaveLength(3);
  });

  it("and each of three in a row by itself, for one reason, stops the mailing: it is hardly theirs", async () => {
    const body = await packetFor(10);
    forAll = refused;
    await send(body);
    expect(calls).toEqual([10, 1, 1, 1]);
    expect(await ledger(10)).toEqual({ failed: 3, released: 7 });
    expect(await service.deps.sending.stoppedMailings()).toMatchObject([{ mailing: mailingName }]);
    expect(await stop()).toBeUndefined();
  });
});

describe("a call of which every entry is refused for one reason", () => {
  it("fails nobody and stops the mailing", async () => {
    const body = await packetFor(3);
    const status = "INVALID_PARAMETER" as const;
    faults = [{ entries: { 0: { status }, 1: { status }, 2: { status } } }];
    await send(body);
    expect(await ledger(3)).toEqual({ released: 3 });
    expect(await service.deps.sending.stoppedMailings()).toMatchObject([{ mailing: mailingName }]);
  });
});

describe("a subscriber whose row cannot be read", () => {
  it("fails alone and is shown; the others of the batch go", async () => {
    const body = await packetFor(3);
    const { table, close } = tableOf(service);
    await putRow(table, { pk: "SUB#sub_a1", sk: "PROFILE", lists: "none" });
    close();
    await send(body);
    expect(await ledger(3)).toEqual({ sent: 2, failed: 1 });
    expect(await service.deps.deliveries.history("sub_a1")).toMatchObject([{ reason: "unreadable" }]);
    expect(service.measured).toContainEqual(["DeliveriesFailed", 1]);
  });
});
