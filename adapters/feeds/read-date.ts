import type { Instant } from "../../core/time/instant.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Zones that RFC 822 names, and those that feeds use besides, in minutes east of Greenwich. */
const zones: Record<string, number> = {
  ...{ z: 0, ut: 0, utc: 0, gmt: 0, wet: 0, bst: 60, cet: 60, west: 60, cest: 120, eet: 120, eest: 180 },
  ...{ est: -300, edt: -240, cst: -360, cdt: -300, mst: -420, mdt: -360, pst: -480, pdt: -420 },
};

const time = "(?<hour>\\d{1,2})(?::?(?<minute>\\d{2}))?(?::(?<second>\\d{2})(?:[.,]\\d+)?)?";
const zone = "(?<zone>[a-z]{1,5}|(?:gmt|utc)?[+-]\\d{1,2}:?\\d{2})?";
const weekday = "(?:[a-z]{3,9}\\.?,?\\s+)?";
const month = "(?<month>[a-z]{3})[a-z]*\\.?";

/** The ways in which feeds write dates, each as a whole. */
const shapes = [
  // 2026-09-01T14:08:00Z, 2026-09-01 14:08, 2026-09-01, 2026-09, 2026, 20260901
  `(?<year>\\d{4})(?:-?(?<monthNumber>\\d{2})(?:-?(?<day>\\d{2}))?)?(?:[t\\s]+${time})?\\s*${zone}`,
  // Tue, 01 Sep 2026 14:08:00 GMT
  `${weekday}(?<day>\\d{1,2})[\\s-]+${month}[\\s-]+(?<year>\\d{4}|\\d{2})(?:[,\\s]+${time})?\\s*${zone}`,
  // Sep 1, 2026 2:08pm
  `${weekday}${month}\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<year>\\d{4})(?:,?\\s+(?:at\\s+|-\\s+)?${time}\\s*(?<half>[ap])?\\.?(?:m\\.?)?)?\\s*${zone}`,
  // Tue, 09/01/2026 - 09:02
  `${weekday}(?<monthNumber>\\d{1,2})/(?<day>\\d{1,2})/(?<year>\\d{4})(?:[,\\s]+(?:-\\s+)?${time}\\s*(?<half>[ap])?\\.?(?:m\\.?)?)?\\s*${zone}`,
  // Tue Sep  1 14:08:00 2026
  `${weekday}${month}\\s+(?<day>\\d{1,2})\\s+${time}\\s+(?:${zone}\\s+)?(?<year>\\d{4})`,
].map((shape) => new RegExp(`^${shape}$`, "i"));

const longestDate = 60;

/** Reads a date as feeds write it, by the book or not; without a zone it is taken as UTC. Undefined if it is none. */
export function readDate(text: string): Instant | undefined {
  const written = text.trim();
  if (written.length > longestDate) return undefined;
  for (const shape of shapes) {
    const parts = shape.exec(written)?.groups;
    if (parts) return instantOf(parts);
  }
  return undefined;
}

function instantOf(parts: Record<string, string | undefined>): Instant | undefined {
  const number = (name: string, otherwise: number) => Number(parts[name] ?? otherwise);
  const monthNumber =
    parts.month === undefined ? number("monthNumber", 1) : months.indexOf(parts.month.toLowerCase()) + 1;
  const [year, day, minute] = [fullYear(parts.year ?? ""), number("day", 1), number("minute", 0)];
  const hour = onClock(number("hour", 0), parts.half);
  // A leap second is the last of its minute.
  const second = Math.min(number("second", 0), 59);
  const days = new Date(Date.UTC(year, monthNumber, 0)).getUTCDate();
  const stands =
    monthNumber >= 1 && monthNumber <= 12 && day >= 1 && day <= days && hour <= 23 && minute <= 59;
  if (!stands) return undefined;
  const local = Date.UTC(year, monthNumber - 1, day, hour, minute, second);
  return new Date(local - eastOf(parts.zone) * 60_000).toISOString();
}

function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

function onClock(hour: number, half: string | undefined): number {
  if (half === undefined || hour > 12) return hour;
  return (hour % 12) + (half.toLowerCase() === "p" ? 12 : 0);
}

function eastOf(text: string | undefined): number {
  const named = text?.toLowerCase() ?? "z";
  const offset = /([+-])(\d{1,2}):?(\d{2})$/.exec(named);
  if (!offset) return zones[named] ?? 0;
  const minutes = Number(offset[2]) * 60 + Number(offset[3]);
  return offset[1] === "-" ? -minutes : minutes;
}
