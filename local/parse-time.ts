import { Temporal } from "temporal-polyfill";
import { type Instant, toInstant } from "../core/time/instant.ts";

const unitMilliseconds: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads `1d=1s`: how much calendar time passes in how much real time, as a factor. */
export function parseSpeed(text: string): number {
  const [calendar, real, ...rest] = text.split("=");
  const factor = rest.length === 0 ? parseDuration(calendar) / parseDuration(real) : Number.NaN;
  if (!(factor > 0 && factor < Number.POSITIVE_INFINITY)) {
    throw new Error(
      `--speed ${text}: write calendar time = real time, each a number with s, m, h or d, as in --speed 1d=1s (a day each second).`,
    );
  }
  return factor;
}

function parseDuration(text = ""): number {
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text.trim()) ?? [];
  return amount === undefined ? Number.NaN : Number(amount) * (unitMilliseconds[unit] ?? Number.NaN);
}

/** Reads `2027-03-13T09:00Z`: a date and time with its offset. */
export function parseAt(text: string): Instant {
  try {
    return toInstant(Temporal.Instant.from(text).epochMilliseconds);
  } catch (error) {
    throw new Error(
      `--at ${text}: write a date and time with its offset from UTC, as in --at 2027-03-13T09:00Z or --at 2027-03-13T09:00-05:00.`,
      { cause: error },
    );
  }
}
