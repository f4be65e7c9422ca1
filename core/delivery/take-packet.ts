import { AppError } from "../errors.ts";
import type { Measures } from "../measures.ts";
import type { Deliveries, Packets } from "../ports.ts";
import type { Clock } from "../time/clock.ts";
import { measureSettled } from "./measure-settled.ts";
import { ownerOf, type Packet } from "./packet.ts";
import { unknownFor } from "./unknown.ts";

export interface TakePacketDeps {
  packets: Packets;
  deliveries: Deliveries;
  measures: Measures;
  clock: Clock;
  /** How long a lease lives, in seconds of real time. */
  leaseSeconds: number;
}

export type Taken = { status: "taken"; packet: Packet } | { status: "gone" } | { status: "done" };

/**
 * Takes the lease of a packet. What a dead worker was just handing over may have been accepted, so it becomes
 * `unknown` before anyone else may hold the packet; what it had only claimed was provably not sent.
 * @throws AppError `packet.leased` while another worker holds it: the message must come back.
 */
export async function takePacket(deps: TakePacketDeps, packetId: string): Promise<Taken> {
  const packet = await deps.packets.load(packetId);
  if (!packet) return { status: "gone" };
  if (packet.state === "done") return { status: "done" };
  const elapsed = deps.clock.elapsed();
  if (packet.leaseUntil !== undefined && packet.leaseUntil > elapsed) throw leased(packetId);

  if (packet.calling) {
    await settleAbandoned(deps, packet, packet.calling);
    if (!(await deps.packets.clearAbandoned(packet, elapsed))) throw leased(packetId);
  }
  const until = elapsed + deps.leaseSeconds * 1000;
  const { calling: _, ...free } = packet;
  if (!(await deps.packets.lease(free, until, elapsed))) throw leased(packetId);
  return { status: "taken", packet: { ...free, lease: packet.lease + 1, leaseUntil: until } };
}

async function settleAbandoned(
  deps: TakePacketDeps,
  packet: Packet,
  range: { from: number; to: number },
): Promise<void> {
  const called = packet.recipients.slice(range.from, range.to);
  const rows = await deps.deliveries.loadMany(
    called.map((subscriberId) => ({ subscriberId, mailing: packet.mailing })),
  );
  const now = deps.clock.now();
  // Of this lease alone: a row of a newer one is in live hands.
  const abandoned = [...rows.values()].filter(
    (row) => row.state === "sending" && row.owner === ownerOf(packet),
  );
  const settlement = unknownFor("worker-died", now);
  measureSettled(
    deps.measures,
    abandoned.map(() => settlement.state),
  );
  await deps.deliveries.settleMany(
    { mailing: packet.mailing, owner: ownerOf(packet) },
    abandoned.map(({ subscriberId }) => [subscriberId, settlement]),
    now,
  );
}

function leased(packetId: string): AppError {
  return new AppError("unavailable", "packet.leased", `Packet ${packetId} is held by another worker`);
}
