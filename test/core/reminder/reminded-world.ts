import { deliveryKey } from "../../../core/delivery/delivery.ts";
import { parseMailing } from "../../../core/delivery/mailing.ts";
import { deadlineLetter } from "../../../core/reminder/deadline-letter.ts";
import { dispatchDeadlines } from "../../../core/reminder/dispatch-deadlines.ts";
import { finishDate } from "../../../core/reminder/finish-date.ts";
import { removeDate } from "../../../core/reminder/remove-date.ts";
import { setDate } from "../../../core/reminder/set-date.ts";
import { replan } from "../../../core/rhythm/replan.ts";
import type { Instant } from "../../../core/time/instant.ts";
import { signToken } from "../../../core/token/token.ts";
import { modelCeLog, modelDates } from "../../faults/model/dates-and-digests.ts";
import { modelDailySlots } from "../../faults/model/days.ts";
import { modelDeliveries } from "../../faults/model/deliveries.ts";
import { modelPackets } from "../../faults/model/packets.ts";
import { modelSubscribers } from "../../faults/model/subscribers.ts";
import { asPort, atOnce } from "../../faults/model/sync-port.ts";
import { emptyTables } from "../../faults/tables.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { subscriber } from "../../helpers/subscribers.ts";

/** A reminder that went, and how the date of it stood then. */
export interface Sent {
  id: string;
  date: string;
  days: number;
  at: Instant;
  zone: string;
  stood: boolean;
}

const never = async (): Promise<never> => {
  throw new Error("Nobody does that here");
};

/** One reader and their dates, over the models of the ports, with what dispatch and sending make of them. */
export function remindedWorld(start: Instant, zone: string) {
  const tables = emptyTables();
  const reader = subscriber({ zone, lists: { reminders: { state: "joined", run: 1, since: start } } });
  tables.subscribers.set(reader.id, reader);
  const ring = { hash: "aGFzaA", tokens: [{ kid: "k1", secret: Buffer.alloc(32, 7).toString("base64url") }] };
  const token = signToken(ring, { purpose: "progress", subscriberId: reader.id, list: "all" });
  let now = start;
  let packets = 0;
  const sent: Sent[] = [];
  const deps = {
    catalogue,
    clock: { now: () => now, elapsed: () => Date.parse(now), sleep: never },
    keys: { ring: async () => ring },
    ids: { next: (prefix: string) => `${prefix}_${++packets}` },
    doorbells: { ring: async () => {} },
    subscribers: asPort<Parameters<typeof setDate>[0]["subscribers"]>(
      "subscribers",
      modelSubscribers(tables.subscribers),
      atOnce,
    ),
    dates: asPort<Parameters<typeof dispatchDeadlines>[0]["dates"]>(
      "dates",
      modelDates(tables.dates),
      atOnce,
    ),
    ceLog: asPort<Parameters<typeof deadlineLetter>[0]["ceLog"]>("ceLog", modelCeLog(tables.ceLog), atOnce),
    deliveries: asPort<Parameters<typeof setDate>[0]["deliveries"]>(
      "deliveries",
      modelDeliveries(tables.deliveries),
      atOnce,
    ),
    dayPlans: { of: async () => [] },
    slots: asPort<Parameters<typeof dispatchDeadlines>[0]["slots"]>(
      "slots",
      modelDailySlots(tables.slots),
      atOnce,
    ),
    packets: asPort<Parameters<typeof dispatchDeadlines>[0]["packets"]>(
      "packets",
      modelPackets(tables.packets),
      atOnce,
    ),
  };
  const known = () => tables.subscribers.get(reader.id) ?? reader;

  /** Sends what waits; what may not go yet waits until it may. */
  async function send(): Promise<void> {
    for (const packet of tables.packets.values()) {
      const mailing = parseMailing(packet.mailing);
      if (packet.state !== "open" || mailing?.kind !== "deadline") continue;
      const key = { subscriberId: reader.id, mailing: packet.mailing };
      const letter = await deadlineLetter(deps, mailing, { now, recipients: [reader.id] });
      const eligibility = letter.eligibility(known(), { plannedAt: packet.plannedAt, now });
      tables.packets.set(packet.id, { ...packet, dueAt: now });
      if (eligibility.may === "move") {
        tables.packets.set(packet.id, { ...packet, dueAt: eligibility.to });
        continue;
      }
      tables.packets.set(packet.id, { ...packet, state: "done" });
      // As the ledger does: a delivery that is settled is not claimed again.
      if (tables.deliveries.has(deliveryKey(key))) continue;
      const row = { ...key, owner: packet.id, attempt: 1, claimedAt: now };
      if (eligibility.may === "skip")
        tables.deliveries.set(deliveryKey(key), { ...row, state: "skipped", reason: eligibility.reason });
      else {
        tables.deliveries.set(deliveryKey(key), { ...row, state: "sent" });
        const date = tables.dates.get(`${reader.id} ${mailing.deadline}`);
        sent.push({
          id: mailing.deadline,
          date: mailing.date,
          days: mailing.days,
          at: now,
          zone: known().zone,
          stood: date !== undefined && date.doneAt === undefined && date.date === mailing.date,
        });
      }
    }
  }

  const nextDue = (): Instant | undefined =>
    [
      ...[...tables.dates.values()].map(({ dueAt }) => dueAt),
      ...[...tables.packets.values()].filter(({ state }) => state === "open").map(({ dueAt }) => dueAt),
    ]
      .filter((dueAt) => dueAt !== undefined)
      .sort()[0];

  return {
    sent,
    dates: () => [...tables.dates.values()],
    now: () => now,
    zone: () => known().zone,
    /** Time passes, minute for minute. */
    async live(until: Instant) {
      for (let due = nextDue(); due !== undefined && due <= until; due = nextDue()) {
        now = due > now ? due : now;
        await dispatchDeadlines(deps, 1000);
        await send();
      }
      now = until;
    },
    /** Time passes, and nothing runs; then all is as before. */
    async standStill(until: Instant, also: "dispatch" | "send") {
      if (also === "send") await dispatchDeadlines(deps, 1000);
      now = until;
    },
    set: (kind: string, date: string) =>
      setDate(deps, { token, kind, credential: "rhit", label: "Date", date }),
    done: (id: string, date: string) => finishDate(deps, { token, id, date }),
    remove: (id: string) => removeDate(deps, { token, id }),
    /** Dispatch has packets waiting when something else happens. */
    dispatch: () => dispatchDeadlines(deps, 1000),
    async moveTo(other: string) {
      const moved = { ...known(), zone: other, todo: { replan: now } };
      tables.subscribers.set(reader.id, moved);
      const digests = { load: async () => undefined, advance: never };
      await replan({ ...deps, digests, enrolments: { loadMany: never, advance: never } }, moved);
    },
  };
}
