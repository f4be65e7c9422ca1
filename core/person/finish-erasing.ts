import { parseMailing } from "../delivery/mailing.ts";
import type { Subscribers } from "../ports.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import type { AddressClaims, PersonRow, PersonRows } from "./person-ports.ts";

export interface FinishErasingDeps {
  subscribers: Subscribers;
  claims: Pick<AddressClaims, "release" | "bury">;
  persons: PersonRows;
  clock: Clock;
}

const profile = "PROFILE";
const delivery = "MAIL#";

/** Sweeps once more when that is due, then deletes the profile. Whatever stops it, the next minute goes on. */
export async function finishErasing(deps: FinishErasingDeps, subscriber: Subscriber): Promise<void> {
  const dueAt = subscriber.todo.erase;
  if (!dueAt || dueAt > deps.clock.now()) return;
  if (await sweepPerson(deps, subscriber)) await deps.persons.removeProfile(subscriber.id, subscriber.rev);
}

/**
 * Leaves a tombstone at the address, deletes the rows, and takes the person out of the ledger, which stays for the
 * counts. Answers whether nothing is left to do; twice is harmless.
 */
export async function sweepPerson(deps: FinishErasingDeps, subscriber: Subscriber): Promise<boolean> {
  const { id, addressHash, releases = [], todo } = subscriber;
  if (todo.erase === undefined) return false;
  const at = deps.clock.now();
  // Whoever never confirmed was never here: their address keeps no tombstone.
  if (subscriber.forgottenAt === undefined) await deps.claims.bury(addressHash, id, at);
  else await deps.claims.release(addressHash, id);
  for (const hash of releases) if (hash !== addressHash) await deps.claims.release(hash, id);
  let clean = true;
  for (const row of await deps.persons.of(id)) {
    if (row.name !== profile && !(await sweepRow(deps, id, row, at))) clean = false;
  }
  return clean;
}

async function sweepRow(
  { persons }: FinishErasingDeps,
  id: string,
  row: PersonRow,
  at: Instant,
): Promise<boolean> {
  if (isCounted(row.name)) return row.values.erasedAt !== undefined || persons.anonymise(id, row, at);
  await persons.remove(id, row.name);
  return true;
}

/** Deliveries, save those whose id tells of the date that the person had set: of these there is one, so it counts nothing. */
function isCounted(name: string): boolean {
  return name.startsWith(delivery) && parseMailing(name.slice(delivery.length))?.kind !== "deadline";
}
