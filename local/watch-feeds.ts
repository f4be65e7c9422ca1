import { setTimeout as sleep } from "node:timers/promises";
import { type FeedHealth, feedWords } from "./feed-report.ts";

/** Says how it stands with the feeds whenever that has changed and come to rest, until it is stopped. */
export function watchFeeds(
  feeds: () => Promise<FeedHealth[]>,
  say: (words: string) => void,
  everyMs = 2_000,
): () => Promise<void> {
  const stopping = new AbortController();
  let said = "";
  let seen = "";

  async function look(): Promise<void> {
    const known = await feeds();
    const words = known.length > 0 ? feedWords(known) : "";
    if (words !== said && words === seen) {
      said = words;
      say(words);
    }
    seen = words;
  }

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await look().catch(() => {});
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  const watching = watch();
  return async () => {
    stopping.abort();
    await watching;
  };
}
