import type { Random } from "./random.ts";

/** What may go wrong with one call of a port. */
const callFaults = [
  /** The worker dies before the request leaves it, or after it was carried out. */
  "dies-before",
  "dies-after",
  /** Throttled: not carried out, and told so. */
  "refused",
  /** Carried out, and the answer never came; all attempts of the client are used up. */
  "answer-lost",
  /** Carried out, the answer lost, and the client asks a second time. */
  "repeated",
  /** Carried out at once, or only at the end, after a minute or two of silence. */
  "answer-late",
  "late",
  /** Carried out at once; then the worker stands still until long after its lease, and goes on as if nothing had been. */
  "frozen",
  /** A list is worked off to the half, then nothing more. */
  "half",
  /** A look into an index shows what it showed before. */
  "stale",
] as const;
export type CallFault = (typeof callFaults)[number];

/** Decides what is disturbed; every one has a number, by which it can be left out when a schedule is shrunk. */
export interface Disturbances {
  /** Whether this disturbance happens, of which there may be so many in a schedule. */
  strikes(what: string, probability: number): boolean;
  /** What goes wrong with a call, if anything does. */
  ofCall(label: string): CallFault | undefined;
  /** How many have struck, those that were left out included. */
  count(): number;
}

/** A budget of disturbances; once it is spent, everything is calm. `without` names those that are left out. */
export function disturbances(
  random: Random,
  budget: number,
  without: ReadonlySet<number>,
  tell: (what: string) => void,
): Disturbances {
  let number = 0;
  const strikes = (what: string, probability: number) => {
    // The chance is drawn in calm, too, so that leaving one out changes as little as possible of what follows.
    if (!random.chance(probability) || number >= budget) return false;
    const struck = !without.has(number++);
    if (struck) tell(`#${number - 1} ${what}`);
    return struck;
  };
  return {
    strikes,
    count: () => number,
    ofCall(label) {
      const fault = random.pick(callFaults);
      if (fault === "stale" && !/\.due/.test(label)) return undefined;
      if (fault === "half" && !/Many$/.test(label)) return undefined;
      return strikes(`${fault} at ${label}`, 0.05) ? fault : undefined;
    },
  };
}
