import { indented } from "../wrap.ts";
import type { Examined, ExaminedEntry } from "./examine-feed.ts";
import { everyWords } from "./feed-words.ts";

const indent = 12;

/** What would be stored of a feed, for people. */
export function examinedWords(
  url: string,
  { entries, repeated, ttlMinutes, movedTo }: Extract<Examined, { status: "read" }>,
  { limit, columns }: { limit: number; columns: number },
): string {
  const news = entries.filter((entry) => entry.news).length;
  const rest = entries.length - limit;
  return [
    `${url} is a feed of ${entries.length} entries, of which ${news} would be news now.`,
    ...(repeated > 0 ? [`${repeated} more repeat one of them.`] : []),
    ...(ttlMinutes !== undefined ? [`It wants to be asked every ${everyWords(ttlMinutes)} at most.`] : []),
    ...(movedTo !== undefined ? [`It has moved for good to ${movedTo}: add that address.`] : []),
    ...entries.slice(0, limit).flatMap((entry) => ["", ...entryWords(entry, columns)]),
    ...(rest > 0 ? ["", `And ${rest} more: --limit ${entries.length} shows all.`] : []),
    ...(entries.length === 0 ? ["It has no entry with a title and a web address at this time."] : []),
  ].join("\n");
}

function entryWords(
  { title, url, publishedAt, topic, score, because, news }: ExaminedEntry,
  columns: number,
) {
  const [first = "", ...more] = indented(title, indent, columns);
  const date = publishedAt?.slice(0, 10) ?? "no date";
  const points = because.length === 0 ? "no rule gives it points" : `${score} points: ${because.join("; ")}`;
  return [
    `${date.padEnd(indent)}${first.trimStart()}`,
    ...more,
    ...indented(`${topic}, ${points}${news ? "" : "; too old to be news"}`, indent, columns),
    `${" ".repeat(indent)}${url}`,
  ];
}
