import * as z from "zod";
import { indented } from "../wrap.ts";
import { faultWords } from "./fault-words.ts";

/** What the API tells of a feed. */
export const Feed = z.object({
  id: z.string(),
  title: z.string(),
  url: z.string(),
  topic: z.string(),
  everyMinutes: z.number(),
  origin: z.enum(["built-in", "changed", "own"]),
  health: z.enum(["ok", "failing", "blocked", "waiting", "off"]),
  failures: z.number(),
  lastError: z.string().optional(),
  lastPolledAt: z.string().optional(),
  nextPollAt: z.string().optional(),
  movedTo: z.string().optional(),
});
export type Feed = z.infer<typeof Feed>;

/** What the API tells of all feeds. */
export const FeedsAnswer = z.object({ now: z.string(), feeds: z.array(Feed) });

const origins: Record<Feed["origin"], string> = {
  "built-in": "",
  changed: ", changed by an admin",
  own: ", added by an admin",
};

/** All feeds, some lines each, and a line that sums up. */
export function showFeeds({ now, feeds }: z.infer<typeof FeedsAnswer>, columns: number): string {
  if (feeds.length === 0)
    return "No feeds yet. Add one: stepletter feeds add ID https://ADDRESS --title TITLE --topic TOPIC";
  const count = (health: Feed["health"], word: string) => {
    const { length } = feeds.filter((feed) => feed.health === health);
    return length > 0 ? [`${length} ${word}`] : [];
  };
  const counts = [
    ...count("ok", "well"),
    ...count("failing", "failing"),
    ...count("blocked", "blocked"),
    ...count("waiting", "waiting for their first poll"),
    ...count("off", "off"),
  ];
  const isOffline = noneResolved(feeds);
  const lines = failuresFirst(feeds).flatMap((feed) => showFeed(feed, now, columns, isOffline));
  return [
    ...lines,
    "",
    `${feeds.length} ${feeds.length === 1 ? "feed" : "feeds"}: ${counts.join(", ")}.`,
    ...(isOffline
      ? indented(
          "None has an address just now (not-resolved): is the service's machine offline? Each is tried again later.",
          0,
          columns,
        )
      : []),
  ].join("\n");
}

function failuresFirst(feeds: Feed[]): Feed[] {
  const isTroubled = ({ health }: Feed) => health === "failing" || health === "blocked";
  return feeds.toSorted((one, other) => Number(isTroubled(other)) - Number(isTroubled(one)));
}

/** Whether no name of several could be looked up: then it is hardly the names. */
function noneResolved(feeds: Feed[]): boolean {
  const polled = feeds.filter(({ health }) => health !== "off" && health !== "waiting");
  return polled.length > 1 && polled.every(({ lastError }) => lastError === "not-resolved");
}

/** A feed on some lines; offline the code of its fault is enough. */
export function showFeed(feed: Feed, now: string, columns: number, isOffline = false): string[] {
  const { id, title, url, topic, everyMinutes, origin, health } = feed;
  return [
    `${health.padEnd(9)}${id}`,
    ...indented(`${title}, ${topic}, every ${everyWords(everyMinutes)}${origins[origin]}`, 9, columns),
    `         ${url}`,
    ...[...pollWords(feed, now), ...troubleWords(feed, isOffline)].flatMap((words) =>
      indented(words, 9, columns),
    ),
    // A command is never broken, so that it can be copied.
    ...(feed.movedTo ? [`         stepletter feeds edit ${id} --accept-move`] : []),
  ];
}

/** Minutes much as they are typed: `2 days`, `3 h`, `90 min`. */
export function everyWords(minutes: number): string {
  if (minutes === 1_440) return "1 day";
  if (minutes % 1_440 === 0) return `${minutes / 1_440} days`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}

function pollWords({ health, lastPolledAt, nextPollAt }: Feed, now: string): string[] {
  if (health === "off") return ["not polled"];
  if (!lastPolledAt || !nextPollAt) return ["not polled yet, within a quarter of an hour"];
  const ahead = spanWords(now, nextPollAt);
  return [
    `polled ${spanWords(lastPolledAt, now)} ago, ${nextPollAt <= now ? "again as soon as it goes" : `again in ${ahead}`}`,
  ];
}

function troubleWords({ failures, lastError, movedTo }: Feed, isOffline: boolean): string[] {
  const times = failures === 1 ? "failed once" : `failed ${failures} times in a row`;
  return [
    ...(lastError ? [`${times} (${lastError})${isOffline ? "" : `: ${faultWords(lastError)}`}`] : []),
    ...(movedTo ? [`moved for good to ${movedTo}; if that is right, take it over:`] : []),
  ];
}

/** How long it is from one instant to another, in the largest unit that fits. */
export function spanWords(from: string, to: string): string {
  const minutes = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 60_000));
  if (minutes === 0) return "less than a minute";
  const [count, unit] =
    minutes < 120
      ? [minutes, "minute"]
      : minutes < 48 * 60
        ? [Math.round(minutes / 60), "hour"]
        : [Math.round(minutes / 1_440), "day"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
