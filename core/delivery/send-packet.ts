import { endProbe, mustWait, passStops } from "../account/pass-stops.ts";
import type { StandingStop } from "../account/replace-stop.ts";
import { whyHeld } from "../account/sending-state.ts";
import { AppError } from "../errors.ts";
import { fastPath } from "../fast-path.ts";
import { addMinutes, type Instant } from "../time/instant.ts";
import { finalFates } from "./final-fates.ts";
import { type OpenPacketLetterDeps, openPacketLetter } from "./open-packet-letter.ts";
import type { Doorbell, Packet } from "./packet.ts";
import { recount } from "./recount-packet.ts";
import { type SendAllDeps, type SendRun, sendAll } from "./send-all.ts";
import { type TakePacketDeps, takePacket } from "./take-packet.ts";
import { untilProbe, untilStopEnds } from "./until-stop-ends.ts";

export interface SendPacketDeps extends SendAllDeps, TakePacketDeps, OpenPacketLetterDeps {
  catalogue: OpenPacketLetterDeps["catalogue"];
  /** No new call is begun this long after the packet was taken, in seconds of real time. */
  workSeconds: number;
}

/** Recipients counted by what became of them. */
export type Counts = Record<string, number>;

export type SendPacketOutcome =
  | { status: "done" | "postponed"; counts: Counts }
  | { status: "gone" | "already-done" };

/** How long a packet waits before it looks again whether sending is held. */
const heldMinutes = 5;

/**
 * Sends one packet under its lease, unless all sending, or that of its mailing, is held or stopped. The packet is done
 * when every recipient is final in the ledger or in another packet; until then it stays in the due index.
 */
export async function sendPacket(deps: SendPacketDeps, { packetId }: Doorbell): Promise<SendPacketOutcome> {
  const callBefore = deps.clock.elapsed() + deps.workSeconds * 1000;
  const taken = await takePacket(deps, packetId);
  if (taken.status === "gone") return { status: "gone" };
  if (taken.status === "done") return { status: "already-done" };
  const { packet } = taken;
  const run: SendRun = { fates: new Map(), probe: [], callBefore };
  const later = (dueAt: Instant) => postpone(deps, packet, run, dueAt);

  const { state, stop } = await deps.sending.loadFor(packet.mailing);
  if (whyHeld(state, deps.sending.table)) return later(addMinutes(deps.clock.now(), heldMinutes));
  const standing: StandingStop[] = [
    ...(state?.stop ? [{ scope: "account" as const, stop: state.stop }] : []),
    ...(stop ? [{ scope: "mailing" as const, stop }] : []),
  ];
  const wait = mustWait(standing, deps.clock.now());
  if (wait) return later(untilProbe(deps, packet, wait));

  const opened = await openPacketLetter(deps, packet, state);
  if ("holdMinutes" in opened) return later(addMinutes(deps.clock.now(), opened.holdMinutes));
  const passage = await passStops(deps.sending, packet.mailing, standing, deps.clock.now());
  if (passage.may === "wait") return later(untilProbe(deps, packet, passage));
  if (passage.may === "probe") run.probe = passage.probe;
  if (!("letter" in opened)) return later(await untilStopEnds(deps, packet, [opened], run.probe));

  if (packet.lease > 1) run.fates = await finalFates(deps.deliveries, packet);
  const sent = await sendAll(deps, packet, opened, run);
  if (sent.status === "stopped" || sent.status === "in-doubt") {
    return later(await untilStopEnds(deps, packet, sent.status === "stopped" ? sent.stops : [], run.probe));
  }
  await endProbe(deps.sending, packet.mailing, run.probe, "no-verdict");
  if (sent.status === "later") return later(addMinutes(deps.clock.now(), sent.milliseconds / 60_000));
  // Nobody is left out: whoever could neither be claimed nor is anybody else's is looked at again.
  if (packet.recipients.some((id) => !run.fates.has(id))) return later(addMinutes(deps.clock.now(), 1));
  await owned(deps.packets.finish(packet, countsOf(run.fates)), packet);
  // Evidence may have come between the answer and this.
  if ([...run.fates.values()].includes("unknown")) await fastPath(() => recount(deps, packet.id));
  return { status: "done", counts: countsOf(run.fates) };
}

async function postpone(
  deps: SendPacketDeps,
  packet: Packet,
  { fates }: SendRun,
  dueAt: Instant,
): Promise<SendPacketOutcome> {
  await owned(deps.packets.postpone(packet, dueAt), packet);
  return { status: "postponed", counts: countsOf(fates) };
}

async function owned(write: Promise<boolean>, packet: Packet): Promise<void> {
  if (await write) return;
  throw new AppError("unavailable", "packet.lost", `Packet ${packet.id} was taken over`);
}

function countsOf(fates: Map<string, string>): Counts {
  const counts: Counts = {};
  for (const fate of fates.values()) counts[fate] = (counts[fate] ?? 0) + 1;
  return counts;
}
