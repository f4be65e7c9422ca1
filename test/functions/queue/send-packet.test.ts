import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Deps } from "../../../adapters/connect.ts";
import { claimChunk } from "../../../core/delivery/claim-chunk.ts";
import { deliveryKey, type Settlement } from "../../../core/delivery/delivery.ts";
import { openPackets } from "../../../core/delivery/open-packets.ts";
import type { Packet } from "../../../core/delivery/packet.ts";
import { handler } from "../../../functions/queue/send-packet.ts";
import type { Fault } from "../../../local/ses/fault.ts";
import { failedIds, sqsEvent } from "../../helpers/events.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { bounced, subscriber } from "../../helpers/subscribers.ts";

const throttle: Fault = {
  before: { status: 429, errorType: "TooManyRequestsException", message: "Maximum sending rate exceeded." },
};
const monday9 = "2027-03-08T14:00:00.000Z"; // 09:00 in New York
const mailing = { kind: "course", course: "records", run: 1, step: "school" } as const;
const mailingName = "course_records_run-1_school";

let service: TestService;
let faults: (Fault | undefined)[];
beforeEach(async () => {
  faults = [];
  service = await startService({ at: monday9, faults: () => faults.shift() });
});
afterEach(() => service.stop());

/** Subscribers of the course, and one packet to them all; answers its doorbell. */
async function packetFor(count: number, changes: Parameters<typeof subscriber>[0] = {}): Promise<string> {
  const ids = Array.from({ length: count }, (_, n) => `sub_${n}`);
  for (const id of ids)
    await service.deps.subscribers.create(subscriber({ id, address: `${id}@example.com`, ...changes }));
  await openPackets(service.deps, mailing, ids, { plannedAt: monday9 });
  const [body = ""] = await service.messages("send-bulk");
  return body;
}

const send = (body: string, deps: Deps = service.depsOf("send-packet")) => handler.with(deps)(sqsEvent(body));

/** Places are granted ten at a time, as they are ready. */
function inTens(): Deps {
  const deps = service.depsOf("send-packet");
  const pace: Deps["pace"] = {
    reserve: async (_, count) => ({ granted: Math.min(count, 10), at: deps.clock.elapsed() }),
  };
  return { ...deps, pace };
}

async function ledger(count = 1): Promise<Record<string, number>> {
  const keys = Array.from({ length: count }, (_, n) => ({ subscriberId: `sub_${n}`, mailing: mailingName }));
  const rows = await service.deps.deliveries.loadMany(keys);
  const counts: Record<string, number> = {};
  for (const key of keys) {
    const state = rows.get(deliveryKey(key))?.state ?? "none";
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

async function packet(body: string) {
  return service.deps.packets.load(JSON.parse(body).packetId);
}

describe("a packet", () => {
  it("is sent to everyone in it once, and is done", async () => {
    const body = await packetFor(23);
    expect(failedIds(await send(body))).toEqual([]);
    expect(service.ses.mails()).toHaveLength(23);
    expect(service.ses.mails()[0]?.tags).toMatchObject({ mailing: mailingName });
    expect(await ledger(23)).toEqual({ sent: 23 });
    expect(await packet(body)).toMatchObject({ state: "done", counts: { sent: 23 } });
  });

  it("rung for twice, and by two workers at once, is sent once", async () => {
    const body = await packetFor(12);
    const answers = await Promise.all([send(body), send(body), send(body)]);
    await send(body);
    expect(service.ses.mails()).toHaveLength(12);
    expect(answers.flatMap(failedIds).length).toBeGreaterThan(0);
  });

  it("met while another worker holds it comes back, and is sent when that one has died", async () => {
    const body = await packetFor(1);
    const row = await packet(body);
    if (row) await service.deps.packets.lease(row, service.clock.elapsed() + 90_000, service.clock.elapsed());
    expect(failedIds(await send(body))).toHaveLength(1);
    service.clock.pass(90);
    expect(failedIds(await send(body))).toEqual([]);
    expect(await ledger()).toEqual({ sent: 1 });
  });

  it("being handed over by a live worker is left alone by another one", async () => {
    const body = await packetFor(2);
    const { mailer } = service.depsOf("send-packet");
    const answers: string[][] = [];
    const slow = {
      send: async (...call: Parameters<typeof mailer.send>) => {
        answers.push(failedIds(await send(body)));
        return mailer.send(...call);
      },
    };
    await send(body, { ...service.depsOf("send-packet"), mailer: slow });
    expect(answers).toEqual([[expect.any(String)]]);
    expect(await ledger(2)).toEqual({ sent: 2 });
  });

  it("that is taken up again claims nobody again who is settled", async () => {
    const body = await packetFor(12);
    faults = [{ entries: { 1: { status: "TRANSIENT_FAILURE" } } }];
    await send(body, inTens());
    const claims: string[] = [];
    const { deliveries } = service.depsOf("send-packet");
    const claimMany: typeof deliveries.claimMany = (claim, ids) => {
      claims.push(...ids);
      return deliveries.claimMany(claim, ids);
    };
    service.clock.set("2027-03-08T14:01:00.000Z");
    await send(body, { ...service.depsOf("send-packet"), deliveries: { ...deliveries, claimMany } });
    expect(claims).toHaveLength(3);
    expect(await ledger(12)).toEqual({ sent: 12 });
  });

  it("that does not exist is nothing to do; a message that is no doorbell goes to the dead letters", async () => {
    expect(failedIds(await send('{"v":1,"packetId":"pkt_none"}'))).toEqual([]);
    for (const body of ["", "{}", '{"v":2,"packetId":"x"}', '{"v":1,"packetId":""}']) {
      expect(failedIds(await send(body))).toHaveLength(1);
    }
  });
});

describe("an unsubscribe", () => {
  it("beats a mail that is queued already", async () => {
    const body = await packetFor(1, { lists: { records: { state: "left", run: 1, since: monday9 } } });
    await send(body);
    expect(service.ses.mails()).toEqual([]);
    expect(await ledger()).toEqual({ skipped: 1 });
  });

  it("beats a mail that is being claimed: the subscriber is read after the claim", async () => {
    const body = await packetFor(1);
    const { deliveries, subscribers } = service.depsOf("send-packet");
    const claimMany: typeof deliveries.claimMany = async (claim, ids) => {
      const claimed = await deliveries.claimMany(claim, ids);
      const person = await subscribers.load("sub_0");
      if (person)
        await subscribers.replace({
          ...person,
          lists: { records: { state: "left", run: 1, since: monday9 } },
        });
      return claimed;
    };
    await send(body, { ...service.depsOf("send-packet"), deliveries: { ...deliveries, claimMany } });
    expect(service.ses.mails()).toEqual([]);
    expect(await ledger()).toEqual({ skipped: 1 });
  });
});

describe("a reader who bounced, or is gone, after the mail was queued", () => {
  it("is skipped", async () => {
    const body = await packetFor(2, bounced);
    const { subscribers } = service.depsOf("send-packet");
    const loadMany: typeof subscribers.loadMany = async (ids) => {
      const found = await subscribers.loadMany(ids);
      found.delete("sub_0");
      return found;
    };
    await send(body, { ...service.depsOf("send-packet"), subscribers: { ...subscribers, loadMany } });
    expect(await ledger(2)).toEqual({ skipped: 2 });
    const rows = await service.deps.deliveries.loadMany(
      ["sub_0", "sub_1"].map((subscriberId) => ({ subscriberId, mailing: mailingName })),
    );
    expect([...rows.values()].map(({ reason }) => reason).sort()).toEqual(["gone", "suppressed"]);
  });
});

describe("a window that has closed", () => {
  it("moves the recipient to a packet that is due when it opens", async () => {
    const body = await packetFor(2, { zone: "Asia/Kolkata" });
    await send(body);
    expect(service.ses.mails()).toEqual([]);
    expect(await packet(body)).toMatchObject({ state: "done", counts: { moved: 2 } });
    const [moved] = await service.deps.packets.due("2027-03-09T03:30:00.000Z", 10);
    expect(moved?.dueAt).toBe("2027-03-09T03:30:00.000Z");
    service.clock.set("2027-03-09T03:30:00.000Z");
    await send(JSON.stringify({ v: 1, packetId: moved?.id }));
    expect(await ledger(2)).toEqual({ sent: 2 });
  });
});

describe("a delivery that is neither free nor final", () => {
  it("is another packet's, such as one that a second attempt gave back: this packet ends when that is final", async () => {
    const body = await packetFor(2);
    const { deliveries } = service.depsOf("send-packet");
    const claim = { mailing: mailingName, owner: "pkt_second.1", attempt: 2, claimedAt: monday9 };
    await deliveries.claimMany(claim, ["sub_0"]);
    await deliveries.settleMany(claim, [["sub_0", { state: "released" }]], monday9);
    await send(body);
    expect(await packet(body)).toMatchObject({ state: "open", dueAt: "2027-03-08T14:01:00.000Z" });
    await deliveries.claimMany({ ...claim, owner: "pkt_second.2" }, ["sub_0"]);
    const settled: Settlement = { state: "sent", messageId: "m" };
    await deliveries.settleMany({ ...claim, owner: "pkt_second.2" }, [["sub_0", settled]], monday9);
    await send(body);
    expect(await packet(body)).toMatchObject({ state: "done", counts: { sent: 1, duplicate: 1 } });
    expect(service.ses.mails()).toHaveLength(1);
  });
});

describe("a recipient who moved", () => {
  it("is sent to by the packet that it moved to, also when that one was held up before", async () => {
    const body = await packetFor(1, { zone: "Asia/Kolkata" });
    await send(body);
    const [moved] = await service.deps.packets.due("2027-03-09T03:30:00.000Z", 10);
    const next = JSON.stringify({ v: 1, packetId: moved?.id });
    const row = await packet(next);
    if (row) await service.deps.packets.lease(row, service.clock.elapsed(), service.clock.elapsed());
    service.clock.set("2027-03-09T03:30:00.000Z");
    await send(next);
    expect(await ledger()).toEqual({ sent: 1 });
  });

  it("is sent to by the packet that it moved to, also in a second attempt", async () => {
    const body = await packetFor(1, { zone: "Asia/Kolkata" });
    const first = (await packet(body)) as Packet;
    const { deliveries, packets } = service.depsOf("send-packet");
    const claim = { mailing: mailingName, owner: "pkt_first.1", attempt: 1, claimedAt: monday9 };
    await deliveries.claimMany(claim, ["sub_0"]);
    const unknown: Settlement = { state: "unknown", reason: "no-answer", dueAt: monday9 };
    await deliveries.settleMany(claim, [["sub_0", unknown]], monday9);
    await packets.create({ ...first, id: "pkt_again", attempt: 2 });
    await send(JSON.stringify({ v: 1, packetId: "pkt_again" }));
    const open = await service.deps.packets.due("2027-03-09T03:30:00.000Z", 10);
    const moved = open.find(({ id }) => id !== first.id && id !== "pkt_again");
    service.clock.set("2027-03-09T03:30:00.000Z");
    await send(JSON.stringify({ v: 1, packetId: moved?.id }));
    expect(await ledger()).toEqual({ sent: 1 });
  });

  it("is sent to also when the packet that it moved to looked before the release was written", async () => {
    const body = await packetFor(1, { zone: "Asia/Kolkata" });
    const deps = service.depsOf("send-packet");
    let next = "";
    const settleMany: Deps["deliveries"]["settleMany"] = async (...settlement) => {
      service.clock.set("2027-03-09T03:30:00.000Z");
      const open = await service.deps.packets.due(service.clock.now(), 10);
      const moved = open.find(({ id }) => !body.includes(id));
      next = JSON.stringify({ v: 1, packetId: moved?.id });
      await send(next);
      return deps.deliveries.settleMany(...settlement);
    };
    await send(body, { ...deps, deliveries: { ...deps.deliveries, settleMany } });
    expect(await ledger()).toEqual({ released: 1 });
    await send(next);
    expect(await ledger()).toEqual({ sent: 1 });
    expect(await packet(next)).toMatchObject({ state: "done" });
  });

  it("is moved once, however often the rest of the packet is held up", async () => {
    const body = await packetFor(1);
    const stranger = subscriber({ id: "sub_far", address: "far@example.com", zone: "Asia/Kolkata" });
    await service.deps.subscribers.create(stranger);
    const row = await packet(body);
    await service.deps.packets.create({
      ...(row as Packet),
      id: "pkt_two",
      recipients: ["sub_far", "sub_0"],
    });
    const two = JSON.stringify({ v: 1, packetId: "pkt_two" });
    for (let time = 0; time < 3; time++) {
      faults = [throttle];
      await send(two);
    }
    await send(two);
    const open = await service.deps.packets.due("2027-03-09T03:30:00.000Z", 10);
    expect(
      open.filter(({ id, dueAt }) => id !== row?.id && dueAt === "2027-03-09T03:30:00.000Z"),
    ).toHaveLength(1);
    expect(await packet(two)).toMatchObject({ state: "done", counts: { moved: 1, sent: 1 } });
  });

  it("is in a packet before it is released, so that a crash in between loses nobody", async () => {
    const body = await packetFor(1, { zone: "Asia/Kolkata" });
    const deps = service.depsOf("send-packet");
    const settleMany = () => Promise.reject(new Error("died"));
    await send(body, { ...deps, deliveries: { ...deps.deliveries, settleMany } });
    expect(await service.deps.packets.due("2027-03-09T03:30:00.000Z", 10)).toHaveLength(2);
  });
});

describe("a worker that lost its lease", () => {
  it("takes no delivery back from the newer one", async () => {
    const body = await packetFor(1);
    const row = (await packet(body)) as Packet;
    const { deliveries } = service.depsOf("send-packet");
    const claim = { mailing: mailingName, attempt: 1, claimedAt: monday9 };
    await deliveries.claimMany({ ...claim, owner: `${row.id}.2` }, ["sub_0"]);
    const claims = await claimChunk(deliveries, { ...row, lease: 1 }, ["sub_0"], monday9);
    expect(claims.held).toEqual([]);
    const later = await claimChunk(deliveries, { ...row, lease: 3 }, ["sub_0"], monday9);
    expect(later.held).toEqual(["sub_0"]);
  });

  it("between its claim and its call hands nothing over", async () => {
    const body = await packetFor(1);
    const deps = service.depsOf("send-packet");
    const markCalling: Deps["packets"]["markCalling"] = async (row, range) => {
      // Frozen for longer than its lease, while another worker took the packet.
      service.clock.pass(91);
      const known = await service.deps.packets.load(row.id);
      await service.deps.packets.lease(known as Packet, Number.MAX_SAFE_INTEGER, service.clock.elapsed());
      return deps.packets.markCalling(row, range);
    };
    const answer = await send(body, { ...deps, packets: { ...deps.packets, markCalling } });
    expect(failedIds(answer)).toHaveLength(1);
    expect(service.ses.mails()).toEqual([]);
    expect(await ledger()).toEqual({ sending: 1 });
  });
});

describe("what SES answers", () => {
  it.each<[string, Fault, Record<string, number>]>([
    [
      "refuses this mail",
      { before: { status: 400, errorType: "MessageRejected", message: "Illegal address" } },
      { failed: 1 },
    ],
    ["accepts and never answers", { after: "hang" }, { unknown: 1 }],
    ["accepts and drops the line", { after: "drop" }, { unknown: 1 }],
    ["accepts and answers 500", { after: { status: 500, message: "Internal" } }, { unknown: 1 }],
    ["answers 503 before it accepts", { before: { status: 503, message: "Unavailable" } }, { unknown: 1 }],
    [
      "throttles",
      {
        before: {
          status: 429,
          errorType: "TooManyRequestsException",
          message: "Maximum sending rate exceeded.",
        },
      },
      { released: 1 },
    ],
    [
      "has no quota left",
      {
        before: {
          status: 429,
          errorType: "TooManyRequestsException",
          message: "Daily message quota exceeded.",
        },
      },
      { released: 1 },
    ],
    [
      "has paused sending",
      { before: { status: 400, errorType: "SendingPausedException", message: "Paused" } },
      { released: 1 },
    ],
    [
      "is in the sandbox",
      { before: { status: 400, errorType: "MessageRejected", message: "Email address is not verified." } },
      { released: 1 },
    ],
    [
      "denies access",
      { before: { status: 403, errorType: "AccessDeniedException", message: "Not authorized" } },
      { released: 1 },
    ],
  ])("%s", async (_, fault, expected) => {
    const body = await packetFor(1);
    faults = [fault];
    expect(failedIds(await send(body))).toEqual([]);
    expect(await ledger()).toEqual(expected);
    const row = await packet(body);
    expect(row?.state).toBe(expected.released ? "open" : "done");
    expect(row).not.toHaveProperty("calling");
  });

  it("a throttle holds the packet, sends nothing more, and the rest goes later, nobody twice", async () => {
    const body = await packetFor(25);
    faults = [undefined, throttle];
    await send(body, inTens());
    expect(await ledger(25)).toEqual({ sent: 10, released: 10, none: 5 });
    expect((await packet(body))?.dueAt).toBe("2027-03-08T14:01:00.000Z");
    service.clock.set("2027-03-08T14:01:00.000Z");
    await send(body);
    expect(await ledger(25)).toEqual({ sent: 25 });
    expect(new Set(service.ses.mails().map(({ to }) => to[0])).size).toBe(25);
    expect(service.ses.mails()).toHaveLength(25);
    expect(await packet(body)).toMatchObject({ state: "done", counts: { sent: 25 } });
  });

  it("a call in doubt leaves the other mails of the packet alone", async () => {
    const body = await packetFor(22);
    faults = [undefined, { after: "drop" }];
    await send(body, inTens());
    expect(await ledger(22)).toEqual({ sent: 12, unknown: 10 });
    await send(body);
    expect(service.ses.mails()).toHaveLength(22);
  });

  it("nothing, because it cannot be reached, proves that nothing was sent", async () => {
    const body = await packetFor(1);
    await service.ses.close();
    await send(body);
    expect(await ledger()).toEqual({ released: 1 });
  });
});

describe("a worker that dies", () => {
  const died = new Error("died");

  it("before it hands over leaves mails that the next one sends", async () => {
    const body = await packetFor(3);
    const packets = { ...service.depsOf("send-packet").packets, markCalling: () => Promise.reject(died) };
    expect(failedIds(await send(body, { ...service.depsOf("send-packet"), packets }))).toHaveLength(1);
    expect(await ledger(3)).toEqual({ sending: 3 });
    service.clock.pass(90);
    await send(body);
    expect(await ledger(3)).toEqual({ sent: 3 });
    expect(service.ses.mails()).toHaveLength(3);
  });

  it("while it hands over leaves them unknown, and nobody sends them again", async () => {
    const body = await packetFor(3);
    const send3 = service.depsOf("send-packet").mailer.send;
    const mailer = {
      send: async (...call: Parameters<typeof send3>) => {
        await send3(...call);
        throw died;
      },
    };
    expect(failedIds(await send(body, { ...service.depsOf("send-packet"), mailer }))).toHaveLength(1);
    service.clock.pass(90);
    expect(failedIds(await send(body))).toEqual([]);
    expect(await ledger(3)).toEqual({ unknown: 3 });
    expect(service.ses.mails()).toHaveLength(3);
    expect(await packet(body)).toMatchObject({ state: "done", counts: { unknown: 3 } });
  });

  it("while it takes a dead one's packet over leaves the mark, so that nobody takes its mails for unsent", async () => {
    const body = await packetFor(3);
    const deps = service.depsOf("send-packet");
    const send3 = deps.mailer.send;
    const mailer = {
      send: async (...call: Parameters<typeof send3>) => {
        await send3(...call);
        throw died;
      },
    };
    await send(body, { ...deps, mailer });
    service.clock.pass(90);
    const settleMany = () => Promise.reject(died);
    expect(
      failedIds(await send(body, { ...deps, deliveries: { ...deps.deliveries, settleMany } })),
    ).toHaveLength(1);
    expect(await packet(body)).toMatchObject({ calling: { from: 0, to: 3 } });
    service.clock.pass(90);
    await send(body);
    expect(await ledger(3)).toEqual({ unknown: 3 });
    expect(service.ses.mails()).toHaveLength(3);
  });

  it("after a chunk leaves what it has recorded, and the next one goes on behind it", async () => {
    const body = await packetFor(20);
    let marks = 0;
    const { packets } = service.depsOf("send-packet");
    const markCalling: typeof packets.markCalling = (row, range) =>
      ++marks === 2 ? Promise.reject(died) : packets.markCalling(row, range);
    await send(body, { ...inTens(), packets: { ...packets, markCalling } });
    expect(await ledger(20)).toEqual({ sent: 10, sending: 10 });
    service.clock.pass(90);
    await send(body);
    expect(await ledger(20)).toEqual({ sent: 20 });
    expect(service.ses.mails()).toHaveLength(20);
  });

  it("of a pace that does not answer hands nobody over, and leaves nobody in doubt", async () => {
    const body = await packetFor(3);
    let asked = 0;
    // The first place has gone by when the chunk is ready; asking for another fails.
    const pace: Deps["pace"] = {
      reserve: async (_, count) => {
        if (++asked > 1) throw died;
        return { granted: count, at: service.clock.elapsed() - 1000 };
      },
    };
    expect(failedIds(await send(body, { ...service.depsOf("send-packet"), pace }))).toHaveLength(1);
    expect(await ledger(3)).toEqual({ released: 3 });
    service.clock.pass(90);
    await send(body);
    expect(await ledger(3)).toEqual({ sent: 3 });
  });

  it("that gets a smaller place the second time hands over as many, and then the rest", async () => {
    const body = await packetFor(8);
    const places = [
      { granted: 8, at: service.clock.elapsed() - 1000 },
      { granted: 3, at: service.clock.elapsed() },
    ];
    const pace: Deps["pace"] = {
      reserve: async (_, count) => places.shift() ?? { granted: count, at: service.clock.elapsed() },
    };
    await send(body, { ...service.depsOf("send-packet"), pace });
    expect(await ledger(8)).toEqual({ sent: 8 });
    expect(service.ses.mails()).toHaveLength(8);
  });

  it("that gets no place for long puts the packet off until there is one", async () => {
    const body = await packetFor(2);
    const pace: Deps["pace"] = { reserve: async () => ({ laterMs: 30_000 }) };
    await send(body, { ...service.depsOf("send-packet"), pace });
    expect(await ledger(2)).toEqual({ none: 2 });
    expect(await packet(body)).toMatchObject({ state: "open", dueAt: "2027-03-08T14:00:30.000Z" });
  });

  it("slowly stops in time and gives the rest back", async () => {
    const body = await packetFor(25);
    const { mailer } = service.depsOf("send-packet");
    const slow = {
      send: (...call: Parameters<typeof mailer.send>) => {
        service.clock.pass(45);
        return mailer.send(...call);
      },
    };
    await send(body, { ...inTens(), mailer: slow });
    expect(await ledger(25)).toEqual({ sent: 10, none: 15 });
    expect(await packet(body)).toMatchObject({ state: "open", dueAt: service.clock.now() });
    await send(body);
    expect(await ledger(25)).toEqual({ sent: 25 });
  });
});

describe("a mail that cannot be composed", () => {
  it("would meet the next reader too: its mailing is stopped, nobody fails, and a mended service sends it", async () => {
    const body = await packetFor(2);
    const broken = { ...service.depsOf("send-packet"), publicUrl: "not-a-web-address" };
    expect(failedIds(await send(body, broken))).toEqual([]);
    expect(await ledger(2)).toEqual({ released: 2 });
    expect(await service.deps.sending.stoppedMailings()).toMatchObject([
      { mailing: mailingName, stop: { cause: "setup", code: "mail.bad-link" } },
    ]);
    service.clock.pass(6 * 60);
    await send(body);
    expect(await ledger(2)).toEqual({ sent: 2 });
    expect(await service.deps.sending.stoppedMailings()).toEqual([]);
  });
});
