import { stopWords } from "../../core/account/stop-words.ts";
import type { SubscriberExplained } from "../../core/explain/explain-subscriber.ts";
import type { MailForecast } from "../../core/explain/when-it-goes.ts";
import { becameOf, shortInstant } from "../delivery-words.ts";
import { indented } from "../wrap.ts";
import { clockChangeWords, count } from "./because-words.ts";
import { localTime } from "./local-time.ts";
import { courseLines, packetWords } from "./show-course.ts";

/** What is known of one person, for people: who, what stands in the way, what was sent, what comes. */
export function showExplained(id: string, told: SubscriberExplained, columns: number): string {
  const zone = told.subscriber?.zone ?? "UTC";
  const line = (text: string, indent = 2) => indented(text, indent, columns);
  const section = (title: string, lines: string[]) => (lines.length > 0 ? ["", title, ...lines] : []);
  return [
    ...line(headOf(id, told, zone), 0),
    ...section(
      "Person",
      personLines(told, zone).flatMap((text) => line(text)),
    ),
    ...section("What was sent", sentLines(told, columns)),
    ...section(
      "Waiting packets",
      waitingLines(told, zone).flatMap((text) => line(text)),
    ),
    ...told.courses.flatMap((course) =>
      section(
        `Course ${course.course}, run ${course.run}`,
        courseLines(course, told, zone).flatMap(([text, indent]) => line(text, indent)),
      ),
    ),
    ...section(
      "Digest",
      digestLines(told, zone).flatMap((text) => line(text)),
    ),
    ...section(
      "Dates",
      dateLines(told, zone).flatMap((text) => line(text)),
    ),
  ].join("\n");
}

function headOf(id: string, { subscriber, now }: SubscriberExplained, zone: string): string {
  if (!subscriber) return `${id}: gone. The ledger still tells what was sent.`;
  return `${id}: ${subscriber.status}. Times are those of ${zone}, where it is ${localTime(now, zone)}; Z is UTC.`;
}

function personLines({ subscriber, held, stops, today }: SubscriberExplained, zone: string): string[] {
  const lines = held
    ? [
        held.why === "held"
          ? `SENDING IS HELD${held.since ? ` since ${shortInstant(held.since)}` : ""}: nothing goes to anybody until stepletter sending resume.`
          : "SENDING IS HELD, since the table was restored: nothing goes to anybody until stepletter sending resume.",
      ]
    : [];
  for (const { mailing, stop } of stops)
    lines.push(`${mailing ? `The mailing ${mailing}` : "SENDING"} is stopped: ${stopWords(stop)}.`);
  if (!subscriber) return lines;
  const { suppressed, addressSuppressed, consent, lists, todo } = subscriber;
  if (suppressed)
    lines.push(
      `SUPPRESSED ${suppressed.reason === "manual" ? "by an operator" : `after a ${suppressed.reason}`}, ${localTime(suppressed.since, zone)}: nothing goes.`,
    );
  else if (addressSuppressed)
    lines.push(
      "The ADDRESS is suppressed, by a bounce, a complaint or an operator: no signup with it is taken up.",
    );
  for (const [list, { state, run, since }] of Object.entries(lists))
    lines.push(`list ${list}: ${state}, run ${run}, since ${localTime(since, zone)}`);
  const { confirmedAt, askedAt, source, textVersion } = consent;
  lines.push(
    `consent: asked ${localTime(askedAt, zone)} by ${source}, text ${textVersion}, ${
      confirmedAt ? `confirmed ${localTime(confirmedAt, zone)}` : "not confirmed"
    }`,
  );
  if (today) lines.push(`this day's mail is ${today.mailing}: what can wait goes on another`);
  if (todo.confirm) lines.push(`a confirmation mail is due ${localTime(todo.confirm, zone)}`);
  if (todo.remind) lines.push(`unless confirmed, a reminder is due ${localTime(todo.remind, zone)}`);
  if (todo.forget) lines.push(`unless confirmed, the request is forgotten ${localTime(todo.forget, zone)}`);
  if (todo.enrol) lines.push("courses and digest begin with the next dispatch");
  return lines;
}

function sentLines({ deliveries }: SubscriberExplained, columns: number): string[] {
  return deliveries.flatMap((row) => [
    `  ${shortInstant(row.claimedAt)}  ${row.state.padEnd(8)} ${row.mailing}`,
    ...indented(becameOf(row), 21, columns),
  ]);
}

function waitingLines({ waiting: { waiting, all }, now }: SubscriberExplained, zone: string): string[] {
  const lines = waiting.map((packet) => `${packet.mailing}: ${packetWords(packet, now, zone)}`);
  return all ? lines : [...lines, "There are very many open packets: not all were looked through."];
}

function digestLines({ digest, digestWaitsFor }: SubscriberExplained, zone: string): string[] {
  if (digestWaitsFor) return [`begins when the course is finished or left: ${digestWaitsFor.join(", ")}`];
  if (!digest) return [];
  const { edition, weeks = 1, mail, news, clockChange } = digest;
  if (!edition || !mail) return [`run ${digest.run}: none, the list was left`];
  const about = {
    some: "it has news",
    "not-yet": "if any news comes in",
    none: "it has no news: passed over",
  };
  return [
    `${edition}${weeks > 1 ? `, ${weeks} weeks` : ""}: ${mailWords(mail, zone)}${news ? `; ${about[news]}` : ""}`,
    ...(clockChange ? [clockChangeWords(clockChange)] : []),
  ];
}

function dateLines({ dates }: SubscriberExplained, zone: string): string[] {
  return dates.flatMap(({ date, daysBefore, mailing, mail, doneAt, clockChange }) => [
    mail
      ? `${date}, ${count(daysBefore, "day")} before (${mailing}): ${mailWords(mail, zone)}`
      : `${date}: ${doneAt ? `done since ${shortInstant(doneAt)}` : "all its reminders were handed to packets, see above"}`,
    ...(mail && clockChange ? [clockChangeWords(clockChange)] : []),
  ]);
}

function mailWords(mail: MailForecast, zone: string): string {
  return mail.status === "goes"
    ? `goes ${localTime(mail.at, zone)} (${shortInstant(mail.at)})`
    : `would be skipped: ${mail.reason}`;
}
