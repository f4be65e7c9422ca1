/** Time that passes only while everybody sleeps, and then at once. */
export interface VirtualTime {
  elapsed(): number;
  sleep(milliseconds: number): Promise<void>;
  /** Runs until nobody sleeps any more. */
  run(...tasks: Promise<unknown>[]): Promise<void>;
}

/** Starts at an instant of today's size, so that nothing is hidden by round numbers. */
export function virtualTime(start = 1_800_000_000_000.5): VirtualTime {
  let now = start;
  const sleepers: { until: number; wake: () => void }[] = [];
  return {
    elapsed: () => now,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers.push({ until: now + Math.max(milliseconds, 0), wake });
      }),
    async run(...tasks) {
      let failure: { error: unknown } | undefined;
      for (const task of tasks)
        task.catch((error) => {
          failure ??= { error };
        });
      for (;;) {
        // Everything that can go on without time goes on first.
        await new Promise(setImmediate);
        if (failure) throw failure.error;
        const next = sleepers.toSorted((one, other) => one.until - other.until)[0];
        if (!next) break;
        sleepers.splice(sleepers.indexOf(next), 1);
        now = Math.max(now, next.until);
        next.wake();
      }
      await Promise.all(tasks);
    },
  };
}
