import { setTimeout as sleep } from "node:timers/promises";
import { type Instant, toInstant, toMilliseconds } from "../core/time/instant.ts";
import type { RuntimeClock } from "./clock.ts";
import type { NextDue } from "./next-due.ts";
import type { Scheduler } from "./scheduler.ts";

const minuteMs = 60_000;
/** How often a row that stays due is tried for again, with growing pauses, before its time is passed over. */
const patience = 4;

export interface StepperParts {
  clock: RuntimeClock;
  scheduler: Pick<Scheduler, "runDue" | "nextBeyondTicks">;
  nextDue(after?: Instant): Promise<NextDue | undefined>;
  idle(): Promise<void>;
}

/** Called after each step with the instant that the calendar stands at. */
export type OnStep = (now: Instant) => void | Promise<void>;

/** Moves the calendar on to an instant, stopping wherever something is to be done; a signal ends it early. */
export type RunUntil = (until: Instant, onStep?: OnStep, signal?: AbortSignal) => Promise<void>;

/**
 * Stepped time: jump to the next minute at which anything is due or a schedule fires that is more than a
 * tick, run what is due until all is idle, and again.
 */
export function stepper({ clock, scheduler, nextDue, idle }: StepperParts): RunUntil {
  let stuck = { due: "", tries: 0 };

  /** Where to jump, or undefined to look again. */
  async function nextStop(until: Instant): Promise<Instant | undefined> {
    const now = clock.now();
    let due = await nextDue();
    // A lease is real time: calendar time that passed meanwhile would make the mail late.
    if (due?.leaseUntil !== undefined && due.at <= until && due.leaseUntil > clock.elapsed()) {
      await sleep(Math.min(due.leaseUntil - clock.elapsed(), 500));
      return undefined;
    }
    if (due && due.at <= now) {
      if (await keepTrying(due)) return earliest([nextMinute(now), until]);
      due = await nextDue(now);
    }
    return earliest([due && minuteFrom(due.at), scheduler.nextBeyondTicks(now), until]);
  }

  /** What stays due though its time was run waits for something real: give it a little, then let time pass. */
  async function keepTrying({ key, at }: NextDue): Promise<boolean> {
    const same = `${key} ${at}`;
    stuck = { due: same, tries: stuck.due === same ? stuck.tries + 1 : 0 };
    if (stuck.tries > patience) return false;
    if (stuck.tries > 0) await sleep(20 * 2 ** stuck.tries);
    return true;
  }

  return async (until, onStep, signal) => {
    await idle();
    while (clock.now() < until && !signal?.aborted) {
      const stop = await nextStop(until);
      if (stop === undefined) continue;
      clock.jumpTo(stop);
      // Not on their own quarter of an hour, which may lie behind the next stop: what is due is done when it is due.
      await scheduler.runDue("ticks");
      await idle();
      await onStep?.(clock.now());
    }
  };
}

function earliest(instants: (Instant | undefined)[]): Instant | undefined {
  return instants.filter((instant) => instant !== undefined).sort()[0];
}

function minuteFrom(instant: Instant): Instant {
  return toInstant(Math.ceil(toMilliseconds(instant) / minuteMs) * minuteMs);
}

function nextMinute(instant: Instant): Instant {
  return toInstant((Math.floor(toMilliseconds(instant) / minuteMs) + 1) * minuteMs);
}
