import { campaignPacketIds } from "../../core/campaign/campaign.ts";
import { reportOf } from "../../core/campaign/campaign-status.ts";
import { type Delivery, deliveryKey } from "../../core/delivery/delivery.ts";
import { parseMailing } from "../../core/delivery/mailing.ts";
import type { Packet } from "../../core/delivery/packet.ts";
import type { Observations } from "./observations.ts";
import type { Tables } from "./tables.ts";

/** What does not hold of a schedule that has come to rest: one line each. */
export function brokenPromises(tables: Tables, seen: Observations): string[] {
  return [
    ...seen.wrongs,
    ...acceptedTooOften(seen),
    ...recordedWrongly(tables, seen),
    ...notFinal(tables),
    ...lost(tables),
    ...miscounted(tables),
  ];
}

/** Whether nothing is left to be done, save what never ends: editions to come, and steps behind one that failed. */
export function isAtRest(tables: Tables): boolean {
  return notFinal(tables).length === 0 && lost(tables).length === 0;
}

/** At most once; or, where the policy says so, once more for each outcome that was recorded as unknown. */
function acceptedTooOften({ accepted, unknowns }: Observations): string[] {
  return [...accepted].flatMap(([key, times]) => {
    const mailing = parseMailing(key.slice(key.indexOf(" ") + 1));
    // Said once more here, since it is policy.ts that is on trial.
    const goesAgain = mailing?.kind === "confirm" || mailing?.kind === "deadline";
    const allowed = 1 + (goesAgain ? Math.min(unknowns.get(key) ?? 0, 1) : 0);
    return times > allowed ? [`${key} was accepted ${times} times, ${unknowns.get(key) ?? 0} unknown`] : [];
  });
}

/** `sent` was accepted; what was accepted is `sent`, or doubtful, never `failed`, `skipped` or free again. */
function recordedWrongly({ deliveries }: Tables, { accepted, unknowns }: Observations): string[] {
  const wrong = [...deliveries.values()].filter((row) => {
    const times = accepted.get(deliveryKey(row)) ?? 0;
    if (row.state === "sent") return times === 0;
    // A second attempt may fail or be skipped; the first is then on record as unknown, in the past.
    return times > 0 && row.state !== "unknown" && !unknowns.has(deliveryKey(row));
  });
  const missing = [...accepted.keys()].filter((key) => !deliveries.has(key));
  return [
    ...wrong.map(
      (row) => `${deliveryKey(row)} is ${row.state}, accepted ${accepted.get(deliveryKey(row)) ?? 0}`,
    ),
    ...missing.map((key) => `${key} was accepted and is not in the ledger`),
  ];
}

function notFinal({ deliveries, packets }: Tables): string[] {
  const isOpen = (row: Delivery) =>
    row.state === "sending" || row.state === "released" || row.dueAt !== undefined;
  return [
    ...[...deliveries.values()]
      .filter(isOpen)
      .map((row) => `${deliveryKey(row)} is ${row.state}, ${row.reason ?? ""} of ${row.owner}`),
    ...[...packets.values()].filter(({ state }) => state !== "done").map(({ id }) => `${id} is open`),
  ];
}

/** Everybody in a packet has a row; whoever still walks a course waits behind a step that failed. */
function lost({
  deliveries,
  packets,
  enrolments,
  subscribers,
  campaigns,
  dates,
  digests,
  news,
}: Tables): string[] {
  const rowless = [...packets.values()].flatMap(({ recipients, mailing, id }) =>
    recipients
      .filter((subscriberId) => !deliveries.has(deliveryKey({ subscriberId, mailing })))
      .map((subscriberId) => `${subscriberId} in ${id} has no row of ${mailing}`),
  );
  const stuck = [...enrolments.values()].filter(({ subscriberId, state, run, previous, course }) => {
    if (state !== "walking") return false;
    const mailing = `course_${course}_run-${run}_${previous}`;
    return deliveries.get(deliveryKey({ subscriberId, mailing }))?.state !== "failed";
  });
  const unfrozen = [...campaigns.values()].filter(({ frozenAt }) => !frozenAt);
  const unreminded = [
    // One that was done has its next reminder years after the end.
    ...[...dates.values()].filter(({ cycleFrom }) => cycleFrom === undefined),
    ...[...digests.values()].filter((row) => news.has(row.edition ?? "")),
  ];
  const unasked = [...subscribers.values()].filter(({ todo }) => Object.keys(todo).length > 0);
  return [
    ...rowless,
    ...stuck.map(({ subscriberId, step, dueAt }) => `${subscriberId} stands before ${step}, due ${dueAt}`),
    ...unasked.map(({ id }) => `${id} still has a task`),
    ...unfrozen.map(({ id }) => `campaign ${id} is being frozen`),
    ...unreminded.flatMap(({ subscriberId, dueAt }) =>
      dueAt ? [`${subscriberId} is due since ${dueAt}`] : [],
    ),
  ];
}

/** The packets of these ids, and those that they name. */
function reached(packets: Tables["packets"], ids: string[]): Packet[] {
  return ids.flatMap((id) => {
    const packet = packets.get(id);
    return packet ? [packet, ...reached(packets, packet.movedTo ?? [])] : [];
  });
}

/** A campaign's totals are what the ledger says. */
function miscounted({ campaigns, packets, deliveries }: Tables): string[] {
  return [...campaigns.values()].flatMap((campaign) => {
    const mailing = `campaign_${campaign.id}`;
    const { counts, recipients } = reportOf(
      campaign,
      reached(packets, campaignPacketIds(campaign)),
      campaign.createdAt,
    );
    const rows = [...deliveries.values()].filter((row) => row.mailing === mailing);
    const of = (state: string) => rows.filter((row) => row.state === state).length;
    const counted = (state: string) => counts[state] ?? 0;
    const states = ["sent", "failed", "skipped", "unknown"] as const;
    const right = states.every((state) => of(state) === counted(state)) && rows.length === recipients;
    return right
      ? []
      : [`${mailing} counts ${JSON.stringify(counts)}, the ledger ${rows.map((r) => r.state)}`];
  });
}
