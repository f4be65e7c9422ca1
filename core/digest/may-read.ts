import type { Daily } from "../day/daily.ts";
import type { Eligibility, LastLook } from "../delivery/letter.ts";
import { pausedUntil, windowOf } from "../rhythm/rhythm.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { addDays } from "../time/instant.ts";
import { nextInWindow, type SendWindow, startOfDayAfter } from "../time/window.ts";
import { readsDigest } from "./start-digest.ts";

/** News older than that is none: the next edition is near. */
const lateDays = { ofOneWeek: 5, ofMore: 19 };

/** Whether a reader gets a digest of so many weeks now, that has news in it. */
export function mayRead(
  window: SendWindow,
  weeks: number,
  subscriber: Subscriber,
  { plannedAt, now, gaveWay }: LastLook,
): Eligibility {
  if (!readsDigest(subscriber)) return { may: "skip", reason: "unsubscribed" };
  if (pausedUntil(subscriber, now)) return { may: "skip", reason: "paused" };
  const open = nextInWindow(now, subscriber.zone, windowOf(subscriber, window, gaveWay));
  // By when it may go, not by now: moved over a weekend it would come together with the next edition.
  if (open > addDays(plannedAt, weeks === 1 ? lateDays.ofOneWeek : lateDays.ofMore))
    return { may: "skip", reason: "late" };
  return open > now ? { may: "move", to: open, plannedAt } : { may: "send" };
}

/** How a digest shares its reader's days. */
export function digestDaily(window: SendWindow): Daily {
  return {
    after: ["course", "nudge"],
    reserved: true,
    nextDay: (subscriber, { plannedAt, now }) => {
      const tomorrow = startOfDayAfter(now, subscriber.zone, 1);
      const hours = windowOf(subscriber, window, true);
      return { to: nextInWindow(tomorrow, subscriber.zone, hours), plannedAt };
    },
  };
}
