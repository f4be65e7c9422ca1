import { type Catalogue, type CompiledFragment, topics, topicTitles } from "../catalogue.ts";
import { fill, type MailValues } from "../delivery/render.ts";
import { AppError } from "../errors.ts";
import type { NewsItem } from "../feed/feed-item.ts";
import type { Instant } from "../time/instant.ts";
import { dateOf } from "./choose-news.ts";

/** The body of a digest in both parts, topic by topic in the order of the catalogue. */
export function digestBody(
  catalogue: Pick<Catalogue, "fragments">,
  items: NewsItem[],
): { bodyHtml: string; bodyText: string } {
  const byTopic = Map.groupBy(items, (item) => item.topic);
  const pieces = topics.flatMap((topic): [string, MailValues][] => {
    const group = byTopic.get(topic) ?? [];
    if (group.length === 0) return [];
    return [["digest-topic", { title: topicTitles[topic] }], ...group.map(itemPiece)];
  });
  const filled = pieces.map(([key, values]) => ({ fragment: fragmentNamed(catalogue, key), values }));
  return {
    bodyHtml: filled.map(({ fragment, values }) => fill(fragment.html, values)).join("\n"),
    bodyText: filled.map(({ fragment, values }) => closed(fill(fragment.text, values))).join("\n\n"),
  };
}

function itemPiece(item: NewsItem): [string, MailValues] {
  const { title, url, summary, source } = item;
  return ["digest-item", { title, url, summary, source, date: inWords(dateOf(item)) }];
}

function fragmentNamed({ fragments }: Pick<Catalogue, "fragments">, key: string): CompiledFragment {
  const fragment = fragments[key];
  if (!fragment) throw new AppError("missing", "mail.no-fragment", `The catalogue has no fragment ${key}`);
  return fragment;
}

/** Without the lines that an empty value left behind. */
function closed(text: string): string {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .join("\n");
}

/** A date as readers in the United States write it. */
export function inWords(instant: Instant): string {
  return new Date(instant).toLocaleDateString("en-US", { dateStyle: "long", timeZone: "UTC" });
}
