import { setTimeout } from "node:timers/promises";
import type { Clock } from "../core/time/clock.ts";
import { type Instant, toInstant, toMilliseconds } from "../core/time/instant.ts";

/** The clock that a runtime is driven by. */
export interface RuntimeClock extends Clock {
  /** `real` is today's time, `fast` is moved on by the runtime, `stepped` only by whoever holds the clock. */
  readonly pace: "real" | "fast" | "stepped";
  /** Calendar time that is to pass in one unit of real time; 0 when stepped. */
  readonly speed: number;
  /** Moves the calendar forward; a clock that shows real time refuses. */
  jumpTo(instant: Instant): void;
  /** Keeps the exact position; call it once nothing reads the clock any more. */
  close(): void;
}

/** Where a calendar keeps how far it has come. */
export interface CalendarStore {
  read(): Instant | undefined;
  write(reached: Instant): void;
}

/** Today's time. */
export function realClock(): RuntimeClock {
  return {
    pace: "real",
    speed: 1,
    now: () => toInstant(Date.now()),
    elapsed: () => Date.now(),
    sleep: (milliseconds) => setTimeout(milliseconds),
    jumpTo: () => {
      throw new Error("Real time cannot be moved: start with --speed or --at.");
    },
    close: () => {},
  };
}

export interface CalendarOptions {
  startAt: Instant;
  /** 0, the default, stands still until `jumpTo`. */
  speed?: number;
  store?: CalendarStore;
}

/**
 * A calendar of its own, which moves in jumps. Before it passes the position that its store holds, it stores a
 * later one: after a crash it starts again at or ahead of everything that was ever read from it, never behind.
 */
export function calendarClock({ startAt, speed = 0, store }: CalendarOptions): RuntimeClock {
  const aheadMs = speed * 1000;
  let position = toMilliseconds(startAt);
  let stored = Number.NEGATIVE_INFINITY;
  const move = (target: number) => {
    if (target > stored) {
      stored = target + aheadMs;
      store?.write(toInstant(stored));
    }
    position = target;
  };
  move(position);

  return {
    pace: speed === 0 ? "stepped" : "fast",
    speed,
    now: () => toInstant(position),
    elapsed: () => Date.now(),
    sleep: (milliseconds) => setTimeout(milliseconds),
    jumpTo: (instant) => {
      const target = toMilliseconds(instant);
      if (Number.isNaN(target)) throw new RangeError(`Not an instant: ${instant}`);
      if (target < position) {
        throw new RangeError(
          `The calendar stands at ${toInstant(position)} and cannot go back to ${instant}.`,
        );
      }
      move(target);
    },
    close: () => store?.write(toInstant(position)),
  };
}
