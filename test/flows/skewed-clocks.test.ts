import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Deps } from "../../adapters/connect.ts";
import { openPackets } from "../../core/delivery/open-packets.ts";
import { handler } from "../../functions/queue/send-packet.ts";
import { failedIds, sqsEvent } from "../helpers/events.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { subscriber } from "../helpers/subscribers.ts";

// Two machines look at `leaseUntil`, each by its own clock. A function lives 60 seconds, a lease 90: thirty seconds
// of difference change nothing at all, and any difference sends nothing twice.
let service: TestService;
let bell: string;
beforeEach(async () => {
  service = await startService({ at: "2027-03-08T14:00:00.000Z" });
  await service.deps.subscribers.create(subscriber());
  await openPackets(service.deps, { kind: "course", course: "records", run: 1, step: "school" }, ["sub_1"], {
    plannedAt: service.clock.now(),
  });
  [bell = ""] = await service.messages("send-bulk");
});
afterEach(() => service.stop());

/** A worker whose clock is so many seconds ahead. */
function worker(aheadSeconds = 0): Deps {
  const { clock } = service;
  const elapsed = () => clock.elapsed() + aheadSeconds * 1000;
  // Ports are connected with the one clock of the test; places are not what this is about.
  const pace: Deps["pace"] = { reserve: async (_, count) => ({ granted: count, at: elapsed() }) };
  return { ...service.depsOf("send-packet"), pace, clock: { ...clock, elapsed } };
}

const send = async (deps: Deps) => failedIds(await handler.with(deps)(sqsEvent(bell))).length === 0;
const ledger = async () => (await service.deps.deliveries.history("sub_1")).map(({ state }) => state);

/** A worker that stops before a call, once, until it is let go; `stopped` tells when it is there. */
function stopping<Port extends "mailer" | "packets">(deps: Deps, port: Port, method: keyof Deps[Port]) {
  const [stopped, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const call = deps[port][method] as (...args: unknown[]) => Promise<unknown>;
  const late = async (...args: unknown[]) => {
    stopped.resolve();
    await go.promise;
    return call(...args);
  };
  return {
    deps: { ...deps, [port]: { ...deps[port], [method]: late } },
    stopped: stopped.promise,
    go: go.resolve,
  };
}

describe("workers whose clocks differ", () => {
  it("by less than thirty seconds leave each other's packets alone, as long as one may live", async () => {
    const first = stopping(worker(), "mailer", "send");
    const sending = send(first.deps);
    await first.stopped;
    service.clock.pass(60);
    expect(await send(worker(29))).toBe(false);
    expect(await ledger()).toEqual(["sending"]);
    first.go();
    expect(await sending).toBe(true);
    expect(await ledger()).toEqual(["sent"]);
    expect(service.ses.mails()).toHaveLength(1);
  });

  it("by minutes send nothing twice: what one is calling is unknown to the other, until the caller's word comes", async () => {
    const first = stopping(worker(), "mailer", "send");
    const sending = send(first.deps);
    await first.stopped;
    expect(await send(worker(300))).toBe(true);
    expect(await ledger()).toEqual(["unknown"]);
    first.go();
    await sending;
    expect(await ledger()).toEqual(["sent"]);
    expect(service.ses.mails()).toHaveLength(1);
  });

  it("by minutes send nothing twice: what one has only claimed is the other's, and the first comes too late", async () => {
    const first = stopping(worker(), "packets", "markCalling");
    const sending = send(first.deps);
    await first.stopped;
    expect(await send(worker(300))).toBe(true);
    first.go();
    expect(await sending).toBe(false);
    expect(await ledger()).toEqual(["sent"]);
    expect(service.ses.mails()).toHaveLength(1);
  });

  it("make a packet wait the longer when the one that died was ahead", async () => {
    const dead = stopping(worker(300), "packets", "markCalling");
    void send(dead.deps).catch(() => {});
    await dead.stopped;
    service.clock.pass(91);
    expect(await send(worker())).toBe(false);
    service.clock.pass(300);
    expect(await send(worker())).toBe(true);
    expect(await ledger()).toEqual(["sent"]);
  });
});

describe("a lease whose answer was lost", () => {
  it("is nobody's until it has run out; nothing was claimed, and the next one sends", async () => {
    const deps = worker();
    const lost: Deps["packets"]["lease"] = async (...args) => {
      await deps.packets.lease(...args);
      return false;
    };
    expect(await send({ ...deps, packets: { ...deps.packets, lease: lost } })).toBe(false);
    expect(await ledger()).toEqual([]);
    service.clock.pass(89);
    expect(await send(worker())).toBe(false);
    service.clock.pass(1);
    expect(await send(worker())).toBe(true);
    expect(service.ses.mails()).toHaveLength(1);
  });
});
