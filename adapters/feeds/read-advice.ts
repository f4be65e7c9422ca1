import type { FeedAdvice } from "../../core/feed/feed-ports.ts";

const minuteMs = 60_000;

/** What the header of an answer says about when to come again; whatever cannot be read says nothing. */
export function readAdvice(header: (name: string) => string, nowMs: number): FeedAdvice {
  const retry = retryMinutes(header("retry-after"), nowMs);
  const fresh = freshMinutes(header("cache-control"), header("age"));
  return {
    ...(retry > 0 && { retryAfterMinutes: retry }),
    ...(fresh > 0 && { freshMinutes: fresh }),
  };
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function retryMinutes(written: string, nowMs: number): number {
  const text = written.trim();
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isFinite(ms) ? Math.ceil(ms / minuteMs) : 0;
}

/** How long the answer stays good, less what it has spent in caches (RFC 9111, 4.2). */
function freshMinutes(control: string, age: string): number {
  if (/(?:^|,)\s*(?:no-store|no-cache)\b/i.test(control)) return 0;
  const seconds = /(?:^|,)\s*max-age\s*=\s*"?(\d{1,9})/i.exec(control)?.[1];
  if (seconds === undefined) return 0;
  const spent = /^\d{1,9}$/.test(age.trim()) ? Number(age) : 0;
  return Math.floor((Number(seconds) - spent) / 60);
}
