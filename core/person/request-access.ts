import type { Mailing } from "../delivery/mailing.ts";
import { type OpenPacketsDeps, openPackets } from "../delivery/open-packets.ts";
import { fastPath } from "../fast-path.ts";
import { type FindReaderDeps, type FoundReader, findReader } from "../progress/find-reader.ts";
import { changeSubscriber } from "../subscriber/change.ts";
import { type Subscriber, strikeOff } from "../subscriber/subscriber.ts";
import { addHours, addMinutes, type Instant } from "../time/instant.ts";

export interface SendAccessDeps extends OpenPacketsDeps {
  subscribers: FindReaderDeps["subscribers"];
}

export interface RequestAccessDeps extends FindReaderDeps, SendAccessDeps {}

/** The same whether a link goes, waits for the caps, or has nowhere to go. */
export type RequestAccessOutcome =
  /** `enqueued` is false when the link waits for the next minute's dispatch. */
  { status: "asked"; enqueued: boolean } | Exclude<FoundReader, { status: "found" }>;

const minutesBetween = 15;
const mostInDay = 5;

/** Asks for a fresh link to one's data; it goes to the address on file, whoever holds the progress link. */
export async function requestAccess(
  deps: RequestAccessDeps,
  input: { token: string },
): Promise<RequestAccessOutcome> {
  const found = await findReader(deps, input.token);
  if (found.status !== "found") return found;
  const now = deps.clock.now();
  const subscriber = await changeSubscriber(deps.subscribers, found.reader.id, (known) =>
    askForAccess(known, now),
  );
  const enqueued = !subscriber || (await fastPath(() => sendAccess(deps, subscriber)));
  return { status: "asked", enqueued };
}

/** With a link that is due; undefined where the caps, or a suppression, let none go. */
export function askForAccess(subscriber: Subscriber, now: Instant): Subscriber | undefined {
  const recent = (subscriber.accessAt ?? []).filter((at) => at > addHours(now, -24));
  const tooSoon = (recent.at(-1) ?? "") > addMinutes(now, -minutesBetween);
  if (subscriber.suppressed || subscriber.todo.erase !== undefined || tooSoon || recent.length >= mostInDay)
    return undefined;
  return {
    ...subscriber,
    accessAt: [...recent, now],
    todo: { ...subscriber.todo, access: now },
    changedAt: now,
  };
}

/** Enqueues the link that is due, then strikes the task off. Twice is harmless: the mailing's id is the same. */
export async function sendAccess(deps: SendAccessDeps, subscriber: Subscriber): Promise<void> {
  const dueAt = subscriber.todo.access;
  if (!dueAt || dueAt > deps.clock.now()) return;
  await openPackets(deps, accessMailing(subscriber, dueAt), [subscriber.id], { plannedAt: dueAt });
  await changeSubscriber(deps.subscribers, subscriber.id, (current) => strikeOff(current, "access", dueAt));
}

/** The mailing of the link that was asked for then; those of one day are told apart by their number. */
export function accessMailing({ accessAt = [] }: Subscriber, askedAt: Instant): Mailing & { kind: "access" } {
  const date = askedAt.slice(0, 10);
  const round = accessAt.filter((at) => at.startsWith(date) && at <= askedAt).length;
  return { kind: "access", date, round: Math.max(round, 1) };
}
