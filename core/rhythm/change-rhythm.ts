import type { Subscriber } from "../subscriber/subscriber.ts";
import { startOfDay } from "../time/calendar-day.ts";
import { type Instant, localDate } from "../time/instant.ts";
import type { WantedPause } from "./read-pause.ts";
import type { WantedRhythm } from "./read-rhythm.ts";
import { pausedUntil, type Rhythm } from "./rhythm.ts";

/** The pace that was chosen; a pause lasts up to the same day, wherever the reader is now. Undefined if nothing changes. */
export function withRhythm(
  subscriber: Subscriber,
  { zone, rhythm }: WantedRhythm,
  now: Instant,
): Subscriber | undefined {
  const paused = pausedUntil(subscriber, now);
  const until = paused && startOfDay(localDate(paused, subscriber.zone), zone);
  return changed(subscriber, zone, { ...rhythm, ...(until && { pausedUntil: until }) }, now);
}

/** Paused up to the start of a day, or not any more. Undefined if nothing changes. */
export function withPause(
  subscriber: Subscriber,
  { day }: WantedPause,
  now: Instant,
): Subscriber | undefined {
  const { pausedUntil: _, ...rhythm } = subscriber.rhythm ?? {};
  const until = day === undefined ? undefined : startOfDay(day, subscriber.zone);
  return changed(subscriber, subscriber.zone, { ...rhythm, ...(until && { pausedUntil: until }) }, now);
}

function changed(subscriber: Subscriber, zone: string, rhythm: Rhythm, now: Instant): Subscriber | undefined {
  const { rhythm: before = {}, ...rest } = subscriber;
  if (zone === subscriber.zone && isSame(before, rhythm)) return undefined;
  return {
    ...rest,
    zone,
    ...(Object.keys(rhythm).length > 0 && { rhythm }),
    todo: { ...subscriber.todo, replan: now },
    changedAt: now,
  };
}

function isSame(one: Rhythm, other: Rhythm): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]) as Set<keyof Rhythm>;
  return [...names].every((name) => one[name] === other[name]);
}
