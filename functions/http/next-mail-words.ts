import type { DigestForecast } from "../../core/preferences/next-digest.ts";
import type { NextMail } from "../../core/preferences/next-mails.ts";
import { addMinutes, type Instant } from "../../core/time/instant.ts";
import { clockWords } from "../../web/hour-words.ts";

/** When the next mail of a course comes, in words and by the reader's clock. */
export function nextMailWords(next: NextMail, zone: string, now: Instant): string {
  switch (next.status) {
    case "goes":
      return sentence(`“${next.step.title}” comes ${whenWords(next.at, zone, now)}`);
    case "waits":
      return `“${next.step.title}” comes next, once the mail before it has gone out.`;
    case "finished":
      return "All mails of this course have come.";
    case "begins":
      return "It begins within minutes.";
    case "stops":
      return "No more mails of this course can come to you.";
  }
}

/** When the next digest comes, in words and by the reader's clock. */
export function nextDigestWords(
  next: DigestForecast,
  isOnCourse: boolean,
  zone: string,
  now: Instant,
): string {
  switch (next.status) {
    case "goes":
      return `The next one comes ${whenWords(next.at, zone, now)}, if there is news of your topics.`;
    case "begins":
      return isOnCourse ? "It begins when your course is over." : "It begins within minutes.";
    case "stops":
      return "No more mails of it can come to you.";
  }
}

/** "within minutes", or "on Monday, March 8, 2027, at about 9 a.m." */
export function whenWords(at: Instant, zone: string, now: Instant): string {
  if (at <= addMinutes(now, 5)) return "within minutes";
  const date = new Date(at);
  const day = date.toLocaleDateString("en-US", { dateStyle: "full", timeZone: zone });
  const [hour = 0, minute = 0] = date
    .toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone })
    .split(":")
    .map(Number);
  return `on ${day}, at about ${clockWords(hour, minute)}`;
}

/** "9 a.m." has its full stop. */
function sentence(words: string): string {
  return words.endsWith(".") ? words : `${words}.`;
}
