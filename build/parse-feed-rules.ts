import * as z from "zod";
import { topics } from "../core/catalogue.ts";
import { byHand } from "../core/feed/feed-item.ts";
import type { FeedRules } from "../core/feed/judge-item.ts";
import { checkNoSlots } from "./check-slots.ts";
import type { Report } from "./problem.ts";
import type { Sources } from "./read-sources.ts";
import { readYaml } from "./read-yaml.ts";
import { line, list, map } from "./schema-parts.ts";

const file = "content/feed-rules.yaml";

const words = (what: string) =>
  list(line(`give each of the ${what}`), `give the ${what} as a list`).exactOptional();

const marks = {
  words: words("words"),
  categories: words("categories"),
  feeds: words("feeds"),
  except: words("feeds"),
};

const TopicRule = map(
  { topic: z.enum(topics, `give one of ${topics.join(", ")}`), ...marks },
  "give each rule as a map of topic and words, categories or feeds",
);
const RelevanceRule = map(
  {
    because: line("say why, in some words"),
    points: z
      .int("give whole points")
      .min(-100, "give -100 points or more")
      .max(100, "give 100 points at most"),
    ...marks,
  },
  "give each rule as a map of because, points and words, categories or feeds",
);

/** The shape of `content/feed-rules.yaml`. */
const RulesFile = map(
  {
    topics: z.array(TopicRule, "give the rules of topics as a list"),
    relevance: z.array(RelevanceRule, "give the rules of relevance as a list"),
  },
  "give the lists topics and relevance",
);

const none: FeedRules = { topics: [], relevance: [] };

/** Reads the rules by which items are judged and reports their mistakes; without the file there are none. */
export function parseFeedRules(sources: Sources, feedIds: string[], report: Report): FeedRules {
  const text = sources.get(file);
  if (text === undefined) return none;
  const { value, texts, lineOf } = readYaml(RulesFile, { file, text }, report);
  checkNoSlots(file, texts, report);
  for (const kind of ["topics", "relevance"] as const) {
    for (const [index, rule] of (value?.[kind] ?? []).entries()) {
      const at = { file, line: lineOf([kind, index]) };
      if (!rule.words && !rule.categories && !rule.feeds)
        report({ ...at, message: `${kind}[${index + 1}] fits nothing: give it words, categories or feeds` });
      for (const feed of [...(rule.feeds ?? []), ...(rule.except ?? [])]) {
        if (feed !== byHand && !feedIds.includes(feed))
          report({ ...at, message: `No feed is called ${feed}: see content/feeds.yaml` });
      }
    }
  }
  return value ?? none;
}
