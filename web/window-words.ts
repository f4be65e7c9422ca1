import type { SendWindow, Weekday } from "../core/time/window.ts";

const names: Record<Weekday, string> = {
  mon: "Mondays",
  tue: "Tuesdays",
  wed: "Wednesdays",
  thu: "Thursdays",
  fri: "Fridays",
  sat: "Saturdays",
  sun: "Sundays",
};

/** When mails come, in words: "on weekdays between 09:00 and 12:00". */
export function windowWords({ days, from, to }: SendWindow): string {
  const set = (Object.keys(names) as Weekday[]).map((day) => days.includes(day));
  const pattern = set.map(Number).join("");
  const named = Object.values(names).filter((_, index) => set[index]);
  const list = new Intl.ListFormat("en", { type: "conjunction" }).format(named);
  const when = { "1111111": "every day", "1111100": "on weekdays", "0000011": "on weekends" }[pattern];
  return `${when ?? `on ${list}`} between ${from} and ${to}`;
}
