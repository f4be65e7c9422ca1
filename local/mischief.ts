/** What a standard queue is free to do with messages: deliver some twice, and some after others that came later. */
export interface Mischief<T> {
  /** Takes what was received and answers what to deliver now, in which order. */
  arrange(received: T[], atMost: number): T[];
  /** Messages that it still means to deliver. */
  held(): number;
}

/**
 * Does so to a share of all messages, by a seeded sequence of chances: the same seed and the same arrivals make
 * the same deliveries.
 */
export function mischief<T>(share: number, seed: string): Mischief<T> {
  const chance = seededChances(seed);
  /** Delivered once already, or overtaken by now. */
  let later: T[] = [];
  return {
    arrange: (received, atMost) => {
      // With nothing new to deliver first, what was held back has been overtaken by all that could.
      const released = received.length === 0 || chance() < 0.5 ? later.splice(0, atMost) : [];
      const now = received.filter((message) => {
        const roll = chance();
        if (roll < 2 * share) later.push(message);
        return roll < share || roll >= 2 * share;
      });
      const room = atMost - now.length;
      later = [...released.slice(Math.max(0, room)), ...later];
      return shuffled([...now, ...released.slice(0, Math.max(0, room))], share > 0 ? chance : undefined);
    },
    held: () => later.length,
  };
}

function shuffled<T>(items: T[], chance: (() => number) | undefined): T[] {
  if (!chance) return items;
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(chance() * (i + 1));
    [items[i], items[j]] = [items[j] as T, items[i] as T];
  }
  return items;
}

/** Numbers in [0, 1) that depend on the seed only (mulberry32). */
export function seededChances(seed: string): () => number {
  let state = 0;
  for (const character of seed) state = (Math.imul(state, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
