import type { Lane } from "../delivery/packet.ts";
import type { Clock } from "../time/clock.ts";
import { graceMs, type Pace, type Places, type SendQuota } from "./pace-ports.ts";
import { lengthMs, mostRecipients } from "./reckon.ts";

/** What a pace is made of. */
export interface SharedPaceDeps {
  clock: Pick<Clock, "elapsed" | "sleep">;
  places: Places;
  quota: SendQuota;
}

/**
 * How far ahead a place may be taken, in milliseconds. Bulk gives way: it takes only what is nearly due, so that
 * nobody in the lane `now` waits behind more of it than this and one call, however much bulk waits.
 */
export const withinMs: Record<Lane, number> = { now: 5_000, bulk: 200 };

/** How far ahead a place begins if nobody else sends: the answer has to reach the worker first. */
export const leadMs = 15;
/** How long a worker waits for a place that is near enough; longer, and its packet had better be put off. */
const patienceMs = 5_000;
/** Who is sent away comes back no sooner. */
const shortestLaterMs = 1_000;

/** Gives away the account's rate, place by place, in the order in which workers ask. */
export function sharedPace({ clock, places, quota }: SharedPaceDeps): Pace {
  return {
    async reserve(lane, count) {
      const perSecond = await quota.perSecond();
      const granted = Math.min(count, mostRecipients(perSecond));
      const length = lengthMs(granted, perSecond);
      const giveUpAt = clock.elapsed() + patienceMs;
      for (let lead = leadMs; ; ) {
        const askedAt = clock.elapsed();
        const taken = await places.take(askedAt + lead, length, withinMs[lane]);
        const now = clock.elapsed();
        if ("at" in taken) {
          if (now <= taken.at + graceMs) return { granted, at: taken.at };
          // It was over before we heard of it: the table is slow, so more time is needed.
          lead = Math.min(lead + 2 * (now - askedAt), patienceMs);
          if (now < giveUpAt) continue;
          return { laterMs: shortestLaterMs };
        }
        const nearAt = taken.freeAt - withinMs[lane] - lead;
        if (nearAt >= giveUpAt) return { laterMs: Math.max(shortestLaterMs, Math.ceil(taken.freeAt - now)) };
        // At least a little, so that two who wake together do not turn round on the spot.
        await clock.sleep(Math.max(Math.ceil(nearAt - now), 1));
      }
    },
  };
}
