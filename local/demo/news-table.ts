import Table from "cli-table3";
import { feedWords } from "../feed-report.ts";
import type { News } from "./news.ts";
import type { DemoFeeds } from "./start-feeds.ts";

const plain = {
  chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
  style: { head: [], border: [] },
};

/** How it stands with each group of feeds, and what they brought. */
export function feedTable({ news, documents, hostile }: DemoFeeds, { states, items }: News): string {
  const table = new Table({
    head: ["feeds", "polled", "items", "well, or refused and why"],
    colAligns: ["left", "right", "right", "left"],
    colWidths: [null, null, null, 70],
    wordWrap: true,
    ...plain,
  });
  const groups: [string, string[]][] = [
    ["of the digests", news],
    ["as met in the wild", documents.map(({ id }) => id)],
    ["hostile, or gone", hostile.map(({ id }) => id)],
  ];
  for (const [name, ids] of groups) {
    const polled = states.filter(({ feed }) => ids.includes(feed));
    const brought = items.filter(({ feed }) => ids.includes(feed)).length;
    table.push([name, polled.length, brought, feedWords(polled).split(";")[0]]);
  }
  return table.toString();
}

/** Each edition that has items: by topic, and how many digests of it went out. */
export function editionTable({ items, digests }: News): string {
  const topics = [...new Set(items.map(({ topic }) => topic))].sort();
  const table = new Table({
    head: ["edition", ...topics, "digests sent"],
    colAligns: ["left", ...topics.map(() => "right" as const), "right"],
    ...plain,
  });
  const editions = Map.groupBy(items, ({ edition = "none" }) => edition);
  for (const [edition, group] of [...editions].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const counts = topics.map((topic) => group.filter((item) => item.topic === topic).length || "");
    table.push([edition, ...counts, digests.get(edition) ?? 0]);
  }
  return table.toString();
}
