/** A line at the bottom of a terminal that tells how far long work is; of what is no terminal, nothing. */
export interface ProgressBar {
  update(done: number): void;
  /** Takes the line away. */
  end(): void;
}

const barWidth = 24;
const everyMs = 200;
/** The rate is that of the last seconds: a service that slows down is not told from its past. */
const windowMs = 15_000;

/** Starts a bar for so many units, if that is known, of which some were done before. */
export function startProgress(
  stream: { isTTY?: boolean; write(text: string): unknown },
  { total, from, noun }: { total?: number; from: number; noun: string },
  now: () => number = () => performance.now(),
): ProgressBar {
  if (!stream.isTTY) return { update: () => {}, end: () => {} };
  let shownAt = Number.NEGATIVE_INFINITY;
  let seen = [{ at: now(), done: from }];
  return {
    update(done) {
      const at = now();
      if (at - shownAt < everyMs) return;
      shownAt = at;
      seen = [...seen.filter((point) => point.at > at - windowMs), { at, done }];
      const first = seen[0] ?? { at, done };
      const perSecond = at > first.at ? ((done - first.done) * 1000) / (at - first.at) : 0;
      stream.write(`\r\u001B[K${barLine({ done, perSecond, noun, ...(total !== undefined && { total }) })}`);
    },
    end: () => void stream.write("\r\u001B[K"),
  };
}

/** `████░░░░ 1,200 of about 20,000 rows, 940 a second, 20 seconds left` */
export function barLine({
  done,
  total,
  perSecond,
  noun,
}: {
  done: number;
  total?: number;
  perSecond: number;
  noun: string;
}): string {
  if (total === undefined)
    return `${done.toLocaleString("en")} ${noun}, ${Math.round(perSecond).toLocaleString("en")} a second`;
  const share = Math.min(done / Math.max(total, 1), 1);
  const full = Math.round(share * barWidth);
  const bar = "█".repeat(full) + "░".repeat(barWidth - full);
  const of = `${done.toLocaleString("en")} of about ${Math.max(total, done).toLocaleString("en")} ${noun}`;
  if (perSecond <= 0) return `${bar} ${of}`;
  const left = Math.max(total - done, 0) / perSecond;
  return `${bar} ${of}, ${Math.round(perSecond).toLocaleString("en")} a second, ${timeLeft(left)} left`;
}

function timeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.ceil(seconds / 60)} min`;
  return `${Math.ceil(seconds / 360) / 10} h`;
}
