import { setTimeout as sleep } from "node:timers/promises";
import { toInstant, toMilliseconds } from "../core/time/instant.ts";
import type { RuntimeClock } from "./clock.ts";
import type { RunUntil } from "./stepper.ts";

const tickMs = 200;
/** Real time that is made up for at once, at most: a machine that slept does not skip a season. */
const mostMs = 1000;
const minuteMs = 60_000;

/**
 * Moves a fast calendar along with real time, a few times a second. It steps through all that is due on the
 * way, so no window is jumped over at any speed; where work takes longer than its time, the calendar waits.
 */
export function followSpeed(
  clock: RuntimeClock,
  runUntil: RunUntil,
  report: (error: unknown) => void,
): () => Promise<void> {
  const closing = new AbortController();

  async function follow(): Promise<void> {
    let last = performance.now();
    while (!closing.signal.aborted) {
      await sleep(tickMs, undefined, { signal: closing.signal }).catch(() => {});
      if (closing.signal.aborted) return;
      const now = toMilliseconds(clock.now());
      const passedMs = Math.min(performance.now() - last, mostMs);
      last = performance.now();
      const target = Math.floor(now + passedMs * clock.speed);
      // Schedules fire on the minute at most: within one there is nothing to look for.
      if (Math.floor(now / minuteMs) === Math.floor(target / minuteMs)) clock.jumpTo(toInstant(target));
      else await runUntil(toInstant(target), undefined, closing.signal).catch(report);
    }
  }

  const following = follow();
  return async () => {
    closing.abort();
    await following;
  };
}
