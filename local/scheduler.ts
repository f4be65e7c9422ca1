import { randomUUID } from "node:crypto";
import type { Clock } from "../core/time/clock.ts";
import { addMinutes, type Instant, toMilliseconds } from "../core/time/instant.ts";
import type { Invoke } from "./invoke.ts";
import { type Occurrences, parseSchedule } from "./schedule-expression.ts";

export interface Schedule {
  name: string;
  expression: string;
  invoke: Invoke;
}

export interface Scheduler {
  /**
   * Runs every schedule that has come due, each once however often it was missed; waits for those runs. With
   * `ticks` it runs every tick besides, due or not.
   */
  runDue(also?: "ticks"): Promise<void>;
  /** When the next schedule fires that is more than a tick: what a tick is for stands in the due index. */
  nextBeyondTicks(after: Instant): Instant | undefined;
  running(): number;
  /** Looks at the clock every so many real milliseconds. */
  follow(everyMs: number): void;
  /** Fires no more, and waits for what is running. */
  close(): Promise<void>;
}

interface Entry {
  schedule: Schedule;
  occurrences: Occurrences;
  /** Fires when the calendar reaches it. */
  next: Instant | undefined;
  /** Attempts left after a failure: an asynchronous call is made up to three times. */
  retries: number;
  run: Promise<void> | undefined;
}

const retriesAfterFailure = 2;
/** Schedules that fire as often as this only look whether anything is due. */
const tickMs = 15 * 60_000;

/** EventBridge Scheduler on the calendar clock. A schedule does not overtake itself: what it missed meanwhile is one run. */
export function startScheduler(
  schedules: Schedule[],
  clock: Clock,
  report: (error: unknown) => void,
): Scheduler {
  const startedAt = clock.now();
  const entries = schedules.map((schedule): Entry => {
    const occurrences = parseSchedule(schedule.expression);
    return {
      schedule,
      occurrences,
      next: occurrences.after(startedAt),
      retries: retriesAfterFailure,
      run: undefined,
    };
  });
  let timer: NodeJS.Timeout | undefined;

  async function runDue(also?: "ticks"): Promise<void> {
    const now = clock.now();
    for (const entry of entries) {
      const isDue = entry.next !== undefined && entry.next <= now;
      if (entry.run || !(isDue || (also && isTick(entry.occurrences, now)))) continue;
      entry.next = entry.occurrences.after(now);
      entry.run = run(entry, entry.occurrences.upTo(now) ?? now).finally(() => {
        entry.run = undefined;
      });
    }
    await Promise.all(entries.map((entry) => entry.run));
  }

  async function run(entry: Entry, at: Instant): Promise<void> {
    try {
      await entry.schedule.invoke(toScheduledEvent(entry.schedule.name, at));
      entry.retries = retriesAfterFailure;
    } catch (error) {
      report(error);
      if (entry.retries === 0) {
        entry.retries = retriesAfterFailure;
        return;
      }
      const again = addMinutes(clock.now(), retriesAfterFailure + 1 - entry.retries--);
      if (entry.next === undefined || again < entry.next) entry.next = again;
    }
  }

  return {
    runDue,
    nextBeyondTicks: (after) => {
      const instants = entries.map(({ occurrences, next }) =>
        isTick(occurrences, after)
          ? undefined
          : next !== undefined && next > after
            ? next
            : occurrences.after(after),
      );
      return instants.filter((instant) => instant !== undefined).sort()[0];
    },
    running: () => entries.filter(({ run }) => run).length,
    follow: (everyMs) => {
      timer = setInterval(() => void runDue(), everyMs);
    },
    close: async () => {
      clearInterval(timer);
      await Promise.all(entries.map(({ run }) => run));
    },
  };
}

function isTick(occurrences: Occurrences, after: Instant): boolean {
  const first = occurrences.after(after);
  const second = first && occurrences.after(first);
  return second !== undefined && toMilliseconds(second) - toMilliseconds(first as Instant) <= tickMs;
}

/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html: what a target without an input gets. */
function toScheduledEvent(name: string, at: Instant) {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": "Scheduled Event",
    source: "aws.scheduler",
    account: "123456789012",
    time: at.replace(/\.\d{3}Z$/, "Z"),
    region: "us-east-1",
    resources: [`arn:aws:scheduler:us-east-1:123456789012:schedule/default/${name}`],
    detail: "{}",
  };
}
