import type { Fault, FaultScript } from "../../local/ses/fault.ts";

const answer = (status: number, errorType: string, message: string) => ({ status, errorType, message });

/** What goes wrong with SES, each kind with the same share of the calls. */
const kinds: Record<string, Fault> = {
  throttled: { before: answer(429, "TooManyRequestsException", "Maximum sending rate exceeded.") },
  "daily quota": { before: answer(429, "TooManyRequestsException", "Daily message quota exceeded.") },
  paused: { before: answer(400, "SendingPausedException", "Sending is paused.") },
  "5xx, not accepted": { before: answer(500, "InternalFailure", "") },
  "dropped, not accepted": { before: "drop" },
  "5xx, accepted": { after: answer(500, "InternalFailure", "") },
  "dropped, accepted": { after: "drop" },
  "timed out, accepted": { after: "hang" },
  slow: { delayAfterMs: 1_000 },
  "partly throttled": { entries: { 0: { status: "ACCOUNT_THROTTLED" }, 1: { status: "TRANSIENT_FAILURE" } } },
};

/** A script of faults that follows a seed. */
export function faultScript(share: number, random: () => number): FaultScript {
  const faults = Object.values(kinds);
  return () => {
    const drawn = Math.floor(random() / share);
    return faults[drawn];
  };
}

/** Mulberry32: the same seed draws the same numbers. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
