/** CPU of this process, user and system, in µs, by part. */
export class CpuMeter {
  readonly spent: Record<string, number> = {};

  /** Does a part, and charges it with the CPU until it is through. */
  async part<T>(name: string, run: () => T | Promise<T>): Promise<T> {
    const before = process.cpuUsage();
    try {
      return await run();
    } finally {
      const { user, system } = process.cpuUsage(before);
      this.spent[name] = (this.spent[name] ?? 0) + user + system;
    }
  }
}

/** The middle one; of an even number, the lower of the two. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}
