import type { Delivery } from "../../core/delivery/delivery.ts";
import { deliveryKey } from "../../core/delivery/delivery.ts";
import { type Mailing, parseMailing } from "../../core/delivery/mailing.ts";
import type { Subscriber } from "../../core/subscriber/subscriber.ts";
import { addMinutes, type Instant, localDate } from "../../core/time/instant.ts";
import type { Process } from "./processes.ts";
import type { Entry } from "./scripted-ses.ts";

/** What a schedule has brought about, as somebody sees it who looks at everything at every instant. */
export interface Observations {
  /** How often each delivery was accepted, by its key. */
  accepted: Map<string, number>;
  /** How often each became `unknown`. */
  unknowns: Map<string, number>;
  /** What was wrong at the instant at which it happened. */
  wrongs: string[];
  /** The ledger's row changes. */
  onTransition(row: Delivery, was: Delivery | undefined, by: Process | undefined): void;
  /** Somebody's mail is accepted, from a call of this process. */
  onAccepted(entry: Entry, by: Process, now: Instant): void;
  /** Recipients are handed over at this instant, in milliseconds. */
  onCall(recipients: number, at: number): void;
}

interface Looks {
  subscriber(id: string): Subscriber | undefined;
  listOf(mailing: string): string | undefined;
  /** Whether the date that a mailing reminds of is done. */
  isDone(subscriberId: string, mailing: string): boolean;
  perSecond: number;
}

/** So long may a mail be under way from its last look until it is accepted, frozen workers included. */
const slackMinutes = 10;

/** Watches the ledger and SES, and knows who had left, or was suppressed, when their mail was claimed. */
export function observe(looks: Looks): Observations {
  const barred = new Map<string, string>();
  const stepsByDay = new Map<string, string>();
  const mailsByDay = new Map<string, string>();
  const lastSecond: { at: number; recipients: number }[] = [];
  const claimOf = (process: Process, key: string) => `${process.name} ${key}`;
  const observations: Observations = {
    accepted: new Map(),
    unknowns: new Map(),
    wrongs: [],
    onTransition(row, was, by) {
      const key = deliveryKey(row);
      if (row.state === "unknown" && was?.state !== "unknown")
        observations.unknowns.set(key, (observations.unknowns.get(key) ?? 0) + 1);
      if (row.state === "sending" && row.owner !== was?.owner && by) {
        const reason = whyBarred(looks, row);
        if (reason) barred.set(claimOf(by, key), reason);
        else barred.delete(claimOf(by, key));
      }
    },
    onAccepted(entry, by, now) {
      const key = deliveryKey(entry);
      observations.accepted.set(key, (observations.accepted.get(key) ?? 0) + 1);
      const reason = barred.get(claimOf(by, key));
      if (reason)
        observations.wrongs.push(`${key} was accepted although the reader was ${reason} before its claim`);
      const mailing = parseMailing(entry.mailing);
      const zone = looks.subscriber(entry.subscriberId)?.zone;
      if (zone && mailing && isOneADay(mailing)) {
        const [began, day] = [localDate(addMinutes(now, -slackMinutes), zone), localDate(now, zone)];
        const ofDay = `${entry.subscriberId} ${day}`;
        const other = mailsByDay.get(ofDay) ?? entry.mailing;
        if (other !== entry.mailing)
          observations.wrongs.push(`${other} and ${entry.mailing} on one day: ${ofDay}`);
        // Handed over as one day ends, and accepted as the next begins, it may be either's.
        if (began === day) mailsByDay.set(ofDay, entry.mailing);
      }
      if (mailing?.kind !== "course" || !zone) return;
      const day = `${entry.subscriberId} ${mailing.course} ${localDate(now, zone)}`;
      const other = stepsByDay.get(day) ?? mailing.step;
      if (other !== mailing.step)
        observations.wrongs.push(`two steps on one day: ${day} got ${other} and ${mailing.step}`);
      stepsByDay.set(day, mailing.step);
    },
    onCall(recipients, at) {
      lastSecond.push({ at, recipients });
      while ((lastSecond[0]?.at ?? at) <= at - 1000) lastSecond.shift();
      const sum = lastSecond.reduce((total, call) => total + call.recipients, 0);
      if (sum > looks.perSecond)
        observations.wrongs.push(`${sum} recipients within a second at ${at} ms, of ${looks.perSecond}`);
    },
  };
  return observations;
}

/** Said once more here: a date's reminder, a welcome and what somebody asked for go whatever else comes. */
function isOneADay(mailing: Mailing): boolean {
  const kinds = ["course", "nudge", "digest", "campaign"];
  return kinds.includes(mailing.kind) && !(mailing.kind === "course" && mailing.step === "welcome");
}

function whyBarred(looks: Looks, { subscriberId, mailing }: Delivery): string | undefined {
  const subscriber = looks.subscriber(subscriberId);
  if (!subscriber) return "gone";
  if (subscriber.suppressed) return "suppressed";
  if (looks.isDone(subscriberId, mailing)) return "done with its date";
  const list = looks.listOf(mailing);
  if (list === undefined) return undefined;
  return subscriber.lists[list]?.state === "joined" ? undefined : "unsubscribed";
}
