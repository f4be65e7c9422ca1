import * as z from "zod";
import { type FeedSource, topics } from "../core/catalogue.ts";
import { checkNoSlots } from "./check-slots.ts";
import type { Report } from "./problem.ts";
import type { Sources } from "./read-sources.ts";
import { readYaml } from "./read-yaml.ts";
import { count, id, line, map } from "./schema-parts.ts";

const file = "content/feeds.yaml";

const Feed = map(
  {
    id: id("feed"),
    title: line("give the name of the source, as readers know it"),
    url: z.url({ protocol: /^https$/, error: "give the https address of the feed" }),
    topic: z.enum(topics, `give one of ${topics.join(", ")}`),
    everyMinutes: count(60, "give whole minutes, 60 or more: feeds are not to be pressed"),
  },
  "give each feed as a map of id, title, url, topic and everyMinutes",
);

/** The shape of `content/feeds.yaml`. */
const FeedsFile = z.array(Feed, "give the feeds as a list");

/** Reads the sources of news and reports their mistakes; without the file there are none. */
export function parseFeeds(sources: Sources, report: Report): FeedSource[] {
  const {
    value = [],
    texts,
    lineOf,
  } = readYaml(FeedsFile, { file, text: sources.get(file) ?? "[]" }, report);
  checkNoSlots(file, texts, report);
  for (const [index, feed] of value.entries()) {
    for (const key of ["id", "url"] as const) {
      const first = value.findIndex((other) => other[key] === feed[key]);
      if (first === index) continue;
      const message = `The ${key} ${feed[key]} is that of feed ${first + 1} of the list already: keep one`;
      report({ file, line: lineOf([index, key]), message });
    }
  }
  return value;
}
