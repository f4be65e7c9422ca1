import type { CeEntry } from "../../../core/ce/ce-entry.ts";
import type { CeLog } from "../../../core/ce/ce-ports.ts";
import type { Digests, News } from "../../../core/digest/digest-ports.ts";
import type { DigestSubscription } from "../../../core/digest/digest-subscription.ts";
import type { DigestStandings } from "../../../core/explain/explain-ports.ts";
import type { NewsItem } from "../../../core/feed/feed-item.ts";
import type { DueDate, ReminderDate } from "../../../core/reminder/reminder-date.ts";
import type { ReminderDates } from "../../../core/reminder/reminder-ports.ts";
import { dueRows } from "./due-rows.ts";
import type { SyncPort } from "./sync-port.ts";

const readerOf = ({ subscriberId }: { subscriberId: string }) => subscriberId;

/** Dates to be reminded of, by subscriber and id. */
export function modelDates(rows: Map<string, ReminderDate>): SyncPort<ReminderDates> {
  const keyOf = ({ subscriberId, id }: Pick<ReminderDate, "subscriberId" | "id">) => `${subscriberId} ${id}`;
  const asRead = ({ dueAt, ...date }: DueDate) => {
    const known = rows.get(keyOf(date));
    return known?.dueAt === dueAt && known.run === date.run && known.date === date.date ? known : undefined;
  };
  return {
    of: (subscriberId) =>
      [...rows.values()]
        .filter((date) => date.subscriberId === subscriberId)
        .toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    load: (subscriberId, id) => rows.get(keyOf({ subscriberId, id })),
    add(date) {
      const row = rows.get(keyOf(date));
      if (row && row.run >= date.run) return false;
      rows.set(keyOf(date), date);
      return true;
    },
    remove: (subscriberId, id) => void rows.delete(keyOf({ subscriberId, id })),
    due: (now, limit) => dueRows("deadline", rows.values(), readerOf, now, limit),
    advance(date, next) {
      const known = asRead(date);
      if (!known) return false;
      const { dueAt: _, ...row } = known;
      rows.set(keyOf(date), next ? { ...row, ...next } : row);
      return true;
    },
    move(date, dueAt) {
      const known = asRead(date);
      if (known) rows.set(keyOf(date), { ...known, dueAt });
      return known !== undefined;
    },
    complete(from, to) {
      const known = rows.get(keyOf(from));
      if (known?.run !== from.run || known.date !== from.date || known.doneAt !== undefined) return false;
      rows.set(keyOf(from), to);
      return true;
    },
  };
}

/** What readers have logged, by subscriber and id. */
export function modelCeLog(rows: Map<string, CeEntry>): SyncPort<CeLog> {
  return {
    of: (subscriberId) =>
      [...rows.values()]
        .filter((entry) => entry.subscriberId === subscriberId)
        .toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    add(entry) {
      const key = `${entry.subscriberId} ${entry.id}`;
      if (rows.has(key)) return false;
      rows.set(key, entry);
      return true;
    },
    remove: (subscriberId, id) => void rows.delete(`${subscriberId} ${id}`),
  };
}

/** A row of the digest: without an edition it has stopped, and `since` is where. */
export type DigestRow = Pick<DigestSubscription, "subscriberId" | "run"> & Partial<DigestSubscription>;

/** Readers of the digest. */
export function modelDigests(rows: Map<string, DigestRow>): SyncPort<Digests & DigestStandings> {
  return {
    start(subscription) {
      const row = rows.get(subscription.subscriberId);
      const isStopped = row?.edition === undefined;
      if (row && (row.run > subscription.run || (row.run === subscription.run && !isStopped))) return false;
      rows.set(subscription.subscriberId, subscription);
      return true;
    },
    due: (now, limit) =>
      dueRows("digest", rows.values(), readerOf, now, limit).map((row) => ({ edition: "", ...row })),
    load(subscriberId) {
      const row = rows.get(subscriberId);
      if (!row) return undefined;
      const { subscriberId: _, ...standing } = row;
      return standing;
    },
    advance({ subscriberId, run, edition, dueAt }, to) {
      const row = rows.get(subscriberId);
      if (row?.run !== run || row.edition !== edition || row.dueAt !== dueAt) return false;
      const plan = "stopped" in to ? { since: to.since } : to;
      rows.set(subscriberId, { subscriberId, run, ...plan });
      return true;
    },
  };
}

/** What the feeds brought, those seen last first. */
export function modelNews(items: Map<string, NewsItem[]>): SyncPort<News> {
  return {
    inEdition: (edition, limit) =>
      (items.get(edition) ?? [])
        .toSorted((one, other) => (one.firstSeenAt > other.firstSeenAt ? -1 : 1))
        .slice(0, limit),
  };
}
