import { type Edition, mondayOf } from "./edition.ts";

/** The week that an edition holds the news of: "March 1 to 7", "March 29 to April 4". */
export function weekWords(edition: Edition): string {
  const { first, last } = daysOf(edition);
  const to = last.month === first.month ? `${last.day}` : dayWords(last);
  return `${dayWords(first)} to ${to}`;
}

/** The same for what is read for years: "March 1 to 7, 2027", "December 28, 2026 to January 3, 2027". */
export function weekWordsInFull(edition: Edition): string {
  const { first, last } = daysOf(edition);
  if (first.year === last.year) return `${weekWords(edition)}, ${last.year}`;
  return `${dayWords(first)}, ${first.year} to ${dayWords(last)}, ${last.year}`;
}

/** The days before its Monday, on which it is sent. */
function daysOf(edition: Edition) {
  const monday = mondayOf(edition);
  return { first: monday.subtract({ weeks: 1 }), last: monday.subtract({ days: 1 }) };
}

function dayWords(day: ReturnType<typeof mondayOf>): string {
  return day.toLocaleString("en-US", { month: "long", day: "numeric" });
}
