import type { CourseExplained, NextStep } from "../../core/explain/explain-courses.ts";
import type { NudgeExplained } from "../../core/explain/explain-nudge.ts";
import type { SubscriberExplained } from "../../core/explain/explain-subscriber.ts";
import type { WaitingPacket } from "../../core/explain/find-waiting-packets.ts";
import { shortInstant } from "../delivery-words.ts";
import { clockChangeWords, wordsOf } from "./because-words.ts";
import { localTime } from "./local-time.ts";

/** A text, and how far it is indented. */
type Line = [text: string, indent: number];

/** Where somebody is in a course, and what comes next. */
export function courseLines(course: CourseExplained, told: SubscriberExplained, zone: string): Line[] {
  const { steps, next } = course;
  const lines: Line[] = [
    [`${course.state}, begun ${localTime(course.startedAt, zone)}`, 2],
    ...steps.map(
      ({ id, state, sentAt }): Line => [
        `${state.padEnd(8)} ${id}${sentAt ? `, ${localTime(sentAt, zone)}` : ""}`,
        4,
      ],
    ),
  ];
  return [
    ...lines,
    ...(next ? nextLines(next, told, zone) : []),
    ...(course.nudge ? [[nudgeWords(course.nudge, zone), 2] as Line] : []),
  ];
}

function nextLines(next: NextStep, { waiting, now }: SubscriberExplained, zone: string): Line[] {
  const { forecast, clockChange, mail } = next;
  const packets = waiting.waiting.filter(({ mailing }) => mailing.startsWith(courseOf(next.mailing)));
  return [
    [headline(forecast, zone), 2],
    ...forecast.because.map((because): Line => [`because ${wordsOf(because, zone)}`, 4]),
    ...(clockChange ? [[clockChangeWords(clockChange), 4] as Line] : []),
    ...(mail?.status === "skipped" ? [[`yet it would be skipped: ${mail.reason}`, 4] as Line] : []),
    ...packets.map((packet): Line => [`${packet.mailing}: ${packetWords(packet, now, zone)}`, 4]),
  ];
}

function nudgeWords({ sent, off, next, lookAt }: NudgeExplained, zone: string): string {
  const begin = `nudges: ${sent} sent in this run`;
  if (next)
    return `${begin}; ${next.mailing} goes ${localTime(next.at, zone)}, unless something is done before`;
  if (lookAt)
    return `${begin}; ${off ? "the reader wants none, " : ""}looked at again ${localTime(lookAt, zone)}`;
  return `${begin}; no more come`;
}

function headline(forecast: NextStep["forecast"], zone: string): string {
  if (forecast.status === "goes")
    return `next: ${forecast.step} goes ${localTime(forecast.at, zone)} (${shortInstant(forecast.at)})`;
  if (forecast.status === "waits")
    return `next: ${forecast.step} waits; looked at ${localTime(forecast.lookAt, zone)} (${shortInstant(forecast.lookAt)})`;
  return "nothing more goes: dispatch stops it when it is due";
}

/** What the mailings of one run of a course begin with. */
function courseOf(mailing: string): string {
  return mailing.slice(0, mailing.lastIndexOf("_") + 1);
}

/** When an open packet is rung for. */
export function packetWords({ id, dueAt, attempt }: WaitingPacket, now: string, zone: string): string {
  const due = dueAt && dueAt > now ? `is rung for ${localTime(dueAt, zone)}` : "is being rung for";
  return `packet ${id}${attempt > 1 ? `, attempt ${attempt},` : ""} ${due}`;
}
