import type { Addresses, Subscribers, Suppressions } from "../../../core/ports.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { type Suppression, takesPlaceOf } from "../../../core/suppression/suppression.ts";
import { dueRows } from "./due-rows.ts";
import type { SyncPort } from "./sync-port.ts";

/** Profiles, each change stored over the revision that it was made from. */
export function modelSubscribers(rows: Map<string, Subscriber>): SyncPort<Subscribers> {
  return {
    create(subscriber) {
      if (rows.has(subscriber.id)) return false;
      rows.set(subscriber.id, subscriber);
      return true;
    },
    load: (id) => rows.get(id),
    loadMany(ids) {
      const found = [...new Set(ids)].flatMap((id) => rows.get(id) ?? []);
      return new Map(found.map((subscriber) => [subscriber.id, subscriber]));
    },
    replace(subscriber) {
      if (rows.get(subscriber.id)?.rev !== subscriber.rev) return false;
      rows.set(subscriber.id, { ...subscriber, rev: subscriber.rev + 1 });
      return true;
    },
    due: (now, limit) =>
      dueRows("subscriber", [...rows.values()].map(taskOf), (row) => row.id, now, limit).map(({ id }) => id),
  };
}

/** When the oldest task of a subscriber is due. */
export function taskOf({ id, todo }: Subscriber): { id: string; dueAt: string | undefined } {
  const [dueAt] = Object.values(todo).filter(Boolean).sort();
  return { id, dueAt };
}

/** Claims of addresses; the first stands. */
export function modelAddresses(rows: Map<string, string>): SyncPort<Addresses> {
  return {
    claim(addressHash, subscriberId) {
      const owner = rows.get(addressHash) ?? subscriberId;
      rows.set(addressHash, owner);
      return owner;
    },
  };
}

/** Suppressed addresses; the weightiest evidence stands. */
export function modelSuppressions(rows: Map<string, Suppression>): SyncPort<Suppressions> {
  return {
    add(addressHash, evidence) {
      if (takesPlaceOf(evidence, rows.get(addressHash))) rows.set(addressHash, evidence);
    },
    has: (addressHash) => rows.has(addressHash),
  };
}
