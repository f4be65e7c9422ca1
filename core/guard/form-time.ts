import type { Keys } from "../ports.ts";
import { addHours, addMinutes, type Instant } from "../time/instant.ts";
import { checkToken } from "../token/check-token.ts";
import { type KeyRing, signToken } from "../token/token.ts";

/** Nobody reads and fills in a form faster. */
const leastSeconds = 2;
/** A page that is left open overnight still works. */
const mostHours = 24;

/** A token that tells when the form of a source was opened. It names nobody, and whoever asks gets one. */
export function openForm(keys: KeyRing, source: string, now: Instant): string {
  return signToken(keys, {
    purpose: "form",
    subscriberId: "form",
    list: source,
    expiresAt: addHours(now, mostHours),
  });
}

/** Whether the form of that source was open for as long as people need, and not for longer than a day. */
export async function wasOpenAWhile(
  keys: Keys,
  source: string,
  started: string,
  now: Instant,
): Promise<boolean> {
  const check = await checkToken(keys, "form", started, now);
  if (check.status !== "valid" || check.list !== source || !check.expiresAt) return false;
  return addHours(check.expiresAt, -mostHours) <= addMinutes(now, -leastSeconds / 60);
}
