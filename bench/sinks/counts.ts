/** What a sink was asked for. */
export interface Counts {
  /** Requests and bytes of their bodies, by operation. */
  requests: Record<string, number>;
  bytesIn: Record<string, number>;
  writeUnits: number;
  /** Of entries in indexes, one for each that a row is inserted with: what they project is short. */
  indexUnits: number;
  readUnits: number;
  mails: number;
}

/** What a sink does beside saying yes. */
export interface Mischief {
  /** Share of the statements of a batch that are refused, each alone. */
  refuseShare: number;
  /** With which code; by default as a condition that does not hold. */
  refuseCode?: string;
  /** So many of the next requests are carried out, and their answers lost. */
  loseAnswers: number;
}

/** Counts of nothing yet. */
export function noCounts(): Counts {
  return { requests: {}, bytesIn: {}, writeUnits: 0, indexUnits: 0, readUnits: 0, mails: 0 };
}

/** Notes one request. */
export function countRequest(counts: Counts, operation: string, bytes: number): void {
  counts.requests[operation] = (counts.requests[operation] ?? 0) + 1;
  counts.bytesIn[operation] = (counts.bytesIn[operation] ?? 0) + bytes;
}
