import { type Catalogue, type CompiledFragment, topics, topicTitles } from "../catalogue.ts";
import { fill, type MailValues } from "../delivery/render.ts";
import { AppError } from "../errors.ts";
import type { NewsItem } from "../feed/feed-item.ts";
import type { Instant } from "../time/instant.ts";
import { dateOf } from "./choose-news.ts";
import { type Edition, mondayOf } from "./edition.ts";
import type { EditionItem } from "./read-news.ts";
import { weekWords } from "./week-words.ts";

/** What a digest is written from. */
export interface DigestStationery {
  catalogue: Pick<Catalogue, "fragments">;
  /** Where the pages are, without a slash at the end. */
  publicUrl: string;
}

/** What a digest says: items, the best first, and which of the rest its pages have. */
export interface DigestContent {
  shown: EditionItem[];
  /** How many of the last that are shown go without their summary. */
  bare: number;
  beyond: EditionItem[];
  /** Whether it holds the news of one week. */
  isOfOneWeek: boolean;
}

/** A body in both parts. */
export interface DigestBody {
  bodyHtml: string;
  bodyText: string;
}

type Piece = [fragment: string, values: MailValues];

/** The body of a digest in both parts: topic by topic, that of the best item first, and where the rest is. */
export function digestBody({ catalogue, publicUrl }: DigestStationery, content: DigestContent): DigestBody {
  const { shown, bare } = content;
  const whole = shown.map((item, index) => (index < shown.length - bare ? item : { ...item, summary: "" }));
  const pieces = [
    ...[...Map.groupBy(whole, ({ topic }) => topic)].flatMap(([topic, items]): Piece[] => [
      ["digest-topic", { title: topicTitles[topic] }],
      ...items.map(itemPiece),
    ]),
    ...morePieces(publicUrl, content),
  ];
  const filled = pieces.map(([key, values]) => ({ fragment: fragmentNamed(catalogue, key), values }));
  return {
    bodyHtml: filled.map(({ fragment, values }) => fill(fragment.html, values)).join("\n"),
    bodyText: filled.map(({ fragment, values }) => closed(fill(fragment.text, values))).join("\n\n"),
  };
}

function itemPiece(item: NewsItem): Piece {
  const { title, url, summary, source, ceHours } = item;
  const hours = ceHours === undefined ? "" : `${ceWords(ceHours)} · `;
  return ["digest-item", { title, url, summary, hours, source, date: dayOf(item) }];
}

/** "March 1", with its year only where the item was seen in another. */
function dayOf(item: NewsItem): string {
  const date = inWords(dateOf(item));
  const year = `, ${item.firstSeenAt.slice(0, 4)}`;
  return date.endsWith(year) ? date.slice(0, -year.length) : date;
}

/** A line for each page that has more: of a week, and of a topic, in the order that the mail has them in. */
function morePieces(publicUrl: string, { shown, beyond, isOfOneWeek }: DigestContent): Piece[] {
  if (beyond.length === 0) return [];
  const byWeek = [...Map.groupBy(beyond, ({ edition }) => edition)].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const inOrder = new Set([...shown.map(({ topic }) => topic), ...topics]);
  const pieces = byWeek.flatMap(([edition, items]): Piece[] => {
    const byTopic = Map.groupBy(items, ({ topic }) => topic);
    const lines = [...inOrder].flatMap((topic): Piece[] => {
      const count = byTopic.get(topic)?.length ?? 0;
      if (count === 0) return [];
      const title = `${topicTitles[topic]}: ${count} more`;
      return [["digest-more", { title, url: `${publicUrl}/news/${edition}/${topic}` }]];
    });
    return isOfOneWeek ? lines : [["digest-week", { title: `Week of ${weekWords(edition)}` }], ...lines];
  });
  const title = `${beyond.length} more from ${isOfOneWeek ? "that week" : "these weeks"}`;
  return [["digest-topic", { title }], ...pieces];
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

/** "1 CE hour", "1.5 CE hours". */
export function ceWords(hours: number): string {
  return `${hours} CE ${hours === 1 ? "hour" : "hours"}`;
}

/** The Monday of an edition, "March 8, 2027". */
export function mondayWords(edition: Edition): string {
  return mondayOf(edition).toLocaleString("en-US", { dateStyle: "long" });
}
