import { InvalidArgumentError, Option } from "commander";
import { topics } from "../../core/catalogue.ts";

/** `--topic`, as it is typed. */
export const topicOption = () =>
  new Option("--topic <topic>", "what it is about, where no rule says otherwise").choices([...topics]);

const [leastMinutes, mostMinutes] = [60, 7 * 1_440];

/** Reads how often a feed is polled: `90`, `90m`, `6h`, `1d`. */
export function readEvery(typed: string): number {
  const [, count, unit = "m"] = /^(\d{1,5})(m|h|d)?$/.exec(typed) ?? [];
  const minutes = Number(count) * { m: 1, h: 60, d: 1_440 }[unit as "m" | "h" | "d"];
  if (minutes >= leastMinutes && minutes <= mostMinutes) return minutes;
  throw new InvalidArgumentError("Write from 1h to 7d, such as 90m, 6h or 1d: feeds are not to be pressed.");
}

/** The path of a feed in the API. */
export function feedPath(id: string): string {
  return `/v1/feeds/${encodeURIComponent(id)}`;
}
