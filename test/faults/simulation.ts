/** Virtual time: what is to happen stands in line, and time is what the next of it says. */
export interface Simulation {
  /** Milliseconds since the beginning. */
  elapsed(): number;
  /** How much is still to happen. */
  pending(): number;
  /** Does something after so many milliseconds; what falls on one instant happens in the order it was asked for. */
  after(ms: number, act: () => void): void;
  /** Goes on until nothing is left to happen, or nothing before `untilMs`. */
  run(untilMs: number): Promise<void>;
}

interface Due {
  at: number;
  act: () => void;
}

/** A discrete-event simulation. Between two events all that code awaits is worked off, so an order is repeatable. */
export function startSimulation(): Simulation {
  const line: Due[] = [];
  let now = 0;
  return {
    elapsed: () => now,
    pending: () => line.length,
    after(ms, act) {
      const at = now + Math.max(0, ms);
      let [low, high] = [0, line.length];
      // Descending, so that the next one is taken from the end; an equal one goes behind those that stand there.
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((line[middle]?.at ?? 0) > at) low = middle + 1;
        else high = middle;
      }
      line.splice(low, 0, { at, act });
    },
    async run(untilMs) {
      for (let due = line.at(-1); due !== undefined && due.at <= untilMs; due = line.at(-1)) {
        line.pop();
        now = due.at;
        due.act();
        await settled();
      }
    },
  };
}

/** Lets every promise go on that can: immediates run when no microtask is left. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
