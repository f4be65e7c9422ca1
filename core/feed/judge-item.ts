import type { FeedSource, Topic } from "../catalogue.ts";
import type { FeedEntry } from "./feed-item.ts";

/** What an item must have for a rule to fit: one of any of these. */
export interface ItemMarks {
  /** Whole words of title or summary; `*` at the end takes any ending. */
  words?: string[];
  /** What the feed files it under; `*` as above. */
  categories?: string[];
  /** Ids of feeds; `MANUAL` is what admins enter by hand. */
  feeds?: string[];
  /** Ids of feeds whose items it never fits, whatever else they have. */
  except?: string[];
}

/** The rules of `content/feed-rules.yaml`. */
export interface FeedRules {
  /** The first that fits decides. */
  topics: (ItemMarks & { topic: Topic })[];
  /** The points of all that fit are added. */
  relevance: (ItemMarks & { points: number; because: string })[];
}

export interface Judgement {
  topic: Topic;
  score: number;
  /** Why it has its points, in the words of the rules. */
  because: string[];
}

/** Judges items by rules, which are made ready once. */
export function judge(
  rules: FeedRules,
): (source: Pick<FeedSource, "id" | "topic">, entry: FeedEntry) => Judgement {
  const topics = rules.topics.map(({ topic, ...marks }) => ({ topic, fits: fitting(marks) }));
  const relevance = rules.relevance.map(({ points, because, ...marks }) => ({
    points,
    because,
    fits: fitting(marks),
  }));
  return (source, entry) => {
    const fits = relevance.filter((rule) => rule.fits(source, entry));
    return {
      topic: topics.find((rule) => rule.fits(source, entry))?.topic ?? source.topic,
      score: fits.reduce((sum, { points }) => sum + points, 0),
      because: fits.map((rule) => rule.because),
    };
  };
}

function fitting({ words = [], categories = [], feeds = [], except = [] }: ItemMarks) {
  // Not `\b`: a word may begin or end with a sign, as "raises $*" and "C++" do.
  const inText = words.length > 0 ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${any(words)})`, "iu") : undefined;
  const asCategory = categories.length > 0 ? new RegExp(`^(?:${any(categories)})$`, "iu") : undefined;
  return ({ id }: Pick<FeedSource, "id">, entry: FeedEntry): boolean =>
    !except.includes(id) &&
    (feeds.includes(id) ||
      inText?.test(`${entry.title}\n${entry.summary}`) === true ||
      (entry.categories ?? []).some((category) => asCategory?.test(category)));
}

/** Any of the words, with the spaces between their parts as a text may have them. */
function any(words: string[]): string {
  return words
    .map((word) => {
      const open = word.endsWith("*");
      const parts = (open ? word.slice(0, -1) : word).trim().split(/\s+/).map(RegExp.escape).join("\\s+");
      return open ? `${parts}[\\p{L}\\p{N}.-]*` : `${parts}(?![\\p{L}\\p{N}])`;
    })
    .join("|");
}
