import { describe, expect, it, onTestFinished, vi } from "vitest";
import { calendarClock } from "../../local/clock.ts";
import type { Invoke } from "../../local/invoke.ts";
import { startScheduler } from "../../local/scheduler.ts";

const start = "2027-03-13T09:00:00.000Z";

describe("scheduler", () => {
  it("fires with the event that EventBridge Scheduler sends", async () => {
    const { clock, scheduler, times, events } = setUp({ dispatch: "cron(* * * * ? *)" });
    await scheduler.runDue();
    expect(times()).toEqual([]);
    clock.jumpTo("2027-03-13T09:01:00.000Z");
    await scheduler.runDue();
    expect(events).toEqual([
      {
        version: "0",
        id: expect.any(String),
        "detail-type": "Scheduled Event",
        source: "aws.scheduler",
        account: "123456789012",
        time: "2027-03-13T09:01:00Z",
        region: "us-east-1",
        resources: ["arn:aws:scheduler:us-east-1:123456789012:schedule/default/dispatch"],
        detail: "{}",
      },
    ]);
  });

  it("makes one run of all ticks that a jump missed, at the time of the last one", async () => {
    const { clock, scheduler, times } = setUp({ dispatch: "cron(* * * * ? *)" });
    clock.jumpTo("2027-03-20T09:00:30.000Z");
    await scheduler.runDue();
    await scheduler.runDue();
    expect(times()).toEqual(["2027-03-20T09:00:00Z"]);
    clock.jumpTo("2027-03-20T09:01:00.000Z");
    await scheduler.runDue();
    expect(times()).toEqual(["2027-03-20T09:00:00Z", "2027-03-20T09:01:00Z"]);
  });

  it("does not let a schedule overtake itself, and makes up for what it missed", async () => {
    const work = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    let call = 0;
    const { clock, scheduler, times } = setUp(
      { dispatch: "rate(1 minute)" },
      () => work[call++]?.promise ?? Promise.resolve(),
    );
    clock.jumpTo("2027-03-13T09:01:00.000Z");
    const first = scheduler.runDue();
    clock.jumpTo("2027-03-13T09:05:00.000Z");
    const second = scheduler.runDue();
    expect(scheduler.running()).toBe(1);
    work[0]?.resolve();
    await Promise.all([first, second]);
    expect(times()).toEqual(["2027-03-13T09:01:00Z"]);
    work[1]?.resolve();
    await scheduler.runDue();
    expect(times()).toEqual(["2027-03-13T09:01:00Z", "2027-03-13T09:05:00Z"]);
    expect(scheduler.running()).toBe(0);
  });

  it("tries a failed run twice more, a minute and then two later", async () => {
    const { clock, scheduler, times, reported } = setUp({ daily: "cron(0 12 * * ? *)" }, () =>
      Promise.reject(new Error("no")),
    );
    for (let minute = 0; minute < 10; minute++) {
      clock.jumpTo(`2027-03-13T12:0${minute}:00.000Z`);
      await scheduler.runDue();
    }
    expect(times()).toHaveLength(3);
    expect(reported).toHaveLength(3);
    clock.jumpTo("2027-03-14T12:00:00.000Z");
    await scheduler.runDue();
    expect(times()).toHaveLength(4);
  });

  it("does not repeat a run whose second attempt succeeds", async () => {
    let failures = 1;
    const { clock, scheduler, times } = setUp({ daily: "cron(0 12 * * ? *)" }, () =>
      failures-- > 0 ? Promise.reject(new Error("no")) : Promise.resolve(),
    );
    for (let minute = 0; minute < 10; minute++) {
      clock.jumpTo(`2027-03-13T12:0${minute}:00.000Z`);
      await scheduler.runDue();
    }
    expect(times()).toHaveLength(2);
  });

  it("runs ticks off their grid if it is told to, and nothing that is rarer", async () => {
    const { clock, scheduler, times } = setUp({ "poll-feeds": "cron(0/15 * * * ? *)", daily: "rate(1 day)" });
    clock.jumpTo("2027-03-13T09:07:00.000Z");
    await scheduler.runDue();
    expect(times()).toEqual([]);
    await scheduler.runDue("ticks");
    expect(times()).toEqual(["2027-03-13T09:00:00Z"]);
    clock.jumpTo("2027-03-13T09:15:00.000Z");
    await scheduler.runDue();
    expect(times()).toEqual(["2027-03-13T09:00:00Z", "2027-03-13T09:15:00Z"]);
  });

  it("knows when something fires that is more than a tick", () => {
    const { scheduler } = setUp({
      dispatch: "cron(* * * * ? *)",
      tick: "rate(1 minute)",
      "poll-feeds": "cron(0/15 * * * ? *)",
      weekly: "cron(0 9 ? * MON *)",
      daily: "rate(1 day)",
    });
    expect(scheduler.nextBeyondTicks(start)).toBe("2027-03-14T00:00:00.000Z");
    expect(scheduler.nextBeyondTicks("2027-03-15T08:00:00.000Z")).toBe("2027-03-15T09:00:00.000Z");
    expect(setUp({ dispatch: "cron(* * * * ? *)" }).scheduler.nextBeyondTicks(start)).toBeUndefined();
  });

  it("follows a clock that moves by itself, and waits for what runs when it closes", async () => {
    const work = Promise.withResolvers<void>();
    const { clock, scheduler, times } = setUp({ dispatch: "cron(* * * * ? *)" }, () => work.promise);
    scheduler.follow(5);
    clock.jumpTo("2027-03-13T09:01:00.000Z");
    await vi.waitFor(() => expect(times()).toHaveLength(1));
    const closed = vi.fn();
    const closing = scheduler.close().then(closed);
    await Promise.resolve();
    expect(closed).not.toHaveBeenCalled();
    work.resolve();
    await closing;
    clock.jumpTo("2027-03-13T09:02:00.000Z");
    expect(times()).toHaveLength(1);
  });
});

function setUp(schedules: Record<string, string>, run: () => Promise<void> = async () => {}) {
  const clock = calendarClock({ startAt: start });
  const events: { time: string }[] = [];
  const reported: unknown[] = [];
  const invoke: Invoke = (event) => {
    events.push(event as { time: string });
    return run();
  };
  const entries = Object.entries(schedules).map(([name, expression]) => ({ name, expression, invoke }));
  const scheduler = startScheduler(entries, clock, (error) => reported.push(error));
  onTestFinished(() => scheduler.close());
  return { clock, scheduler, events, reported, times: () => events.map(({ time }) => time) };
}
