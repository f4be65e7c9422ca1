import type { SendWindow, Weekday } from "../core/time/window.ts";
import { clockWords } from "./hour-words.ts";

const names: Record<Weekday, string> = {
  mon: "Mondays",
  tue: "Tuesdays",
  wed: "Wednesdays",
  thu: "Thursdays",
  fri: "Fridays",
  sat: "Saturdays",
  sun: "Sundays",
};
const sets: Record<string, string> = {
  "mon tue wed thu fri": "on weekdays",
  "sat sun": "on weekends",
  "mon tue wed thu fri sat sun": "every day",
};

/** When mails come, in words: "on weekdays between 9 a.m. and noon". */
export function windowWords({ days, from, to }: SendWindow): string {
  const inOrder = (Object.keys(names) as Weekday[]).filter((day) => days.includes(day));
  const list = new Intl.ListFormat("en", { type: "conjunction" }).format(inOrder.map((day) => names[day]));
  return `${sets[inOrder.join(" ")] ?? `on ${list}`} between ${timeWords(from)} and ${timeWords(to)}`;
}

function timeWords(time: string): string {
  const [hour, minute] = time.split(":").map(Number);
  return clockWords(hour ?? 0, minute);
}
