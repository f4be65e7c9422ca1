import { graceMs, type Pace } from "../pace/pace-ports.ts";
import type { Clock } from "../time/clock.ts";
import type { Lane } from "./packet.ts";

export interface AwaitPlaceDeps {
  pace: Pace;
  clock: Clock;
}

/**
 * Waits until a place has come, or another one if that has gone by: how many of `count` may be handed over at once.
 * `callBefore` is real time: a call that began later would outlive its function.
 */
export async function awaitPlace(
  { pace, clock }: AwaitPlaceDeps,
  lane: Lane,
  count: number,
  at: number,
  callBefore: number,
): Promise<{ granted: number } | { laterMs: number }> {
  let place = { granted: count, at };
  for (;;) {
    if (Math.max(place.at, clock.elapsed()) > callBefore) return { laterMs: 0 };
    const early = place.at - clock.elapsed();
    if (early > 0) await clock.sleep(Math.ceil(early));
    if (clock.elapsed() <= place.at + graceMs && clock.elapsed() <= callBefore)
      return { granted: Math.min(place.granted, count) };
    const next = await pace.reserve(lane, count);
    if ("laterMs" in next) return next;
    place = next;
  }
}
