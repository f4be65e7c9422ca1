import * as z from "zod";
import type { Roster } from "../audience/roster-ports.ts";
import type { Subscribers } from "../ports.ts";
import { type Subscriber, type SubscriberStatus, statusOf, subscriberStatuses } from "./subscriber.ts";

/** Which subscribers a list shows: all conditions that are given hold. */
export const SubscriberFilter = z.object({
  status: z.enum(subscriberStatuses, `Choose one of: ${subscriberStatuses.join(", ")}.`).optional(),
  list: z.string().max(100).optional().meta({ description: "Who has joined it" }),
  tag: z.string().max(100).optional(),
  zone: z.string().max(100).optional(),
});
export type SubscriberFilter = z.infer<typeof SubscriberFilter>;

export interface ListSubscribersDeps {
  roster: Roster;
  subscribers: Pick<Subscribers, "loadMany">;
}

/** A subscriber as admins see them. */
export interface SubscriberView
  extends Pick<
    Subscriber,
    | "id"
    | "address"
    | "name"
    | "zone"
    | "lists"
    | "topics"
    | "tags"
    | "suppressed"
    | "createdAt"
    | "changedAt"
  > {
  status: SubscriberStatus;
  confirmedAt?: string;
}

/** People that one call looks at, at most: then it answers with fewer than were asked for. */
const mostLookedAt = 2000;

/** One page of the subscribers, in the roster's order; `cursor` goes on behind it. */
export async function listSubscribers(
  { roster, subscribers }: ListSubscribersDeps,
  { cursor, limit, ...filter }: SubscriberFilter & { cursor?: string | undefined; limit: number },
): Promise<{ items: SubscriberView[]; cursor?: string }> {
  const ids: string[] = [];
  let place = cursor;
  for (let looked = 0; looked < mostLookedAt; ) {
    const page = await roster.page(
      place,
      Math.min(500, Math.max(limit - ids.length, filtersAny(filter) ? 200 : 1)),
    );
    for (const person of page.people) {
      looked++;
      place = person.id;
      if (isShown(person, filter)) ids.push(person.id);
      if (ids.length === limit) break;
    }
    const isThrough = page.cursor === undefined && place === (page.people.at(-1)?.id ?? place);
    if (isThrough) place = undefined;
    if (isThrough || ids.length === limit) break;
  }
  const found = await subscribers.loadMany(ids);
  const items = ids.flatMap((id) => {
    const subscriber = found.get(id);
    return subscriber && subscriber !== "unreadable" ? [viewOf(subscriber)] : [];
  });
  return { items, ...(place !== undefined && { cursor: place }) };
}

/** A subscriber without what only their row needs. */
export function viewOf(subscriber: Subscriber): SubscriberView {
  const { id, address, name, zone, lists, topics, tags, suppressed, createdAt, changedAt, consent } =
    subscriber;
  return {
    id,
    address,
    name,
    zone,
    status: statusOf(subscriber),
    lists,
    ...(topics && { topics }),
    ...(tags && { tags }),
    ...(suppressed && { suppressed }),
    ...(consent.confirmedAt !== undefined && { confirmedAt: consent.confirmedAt }),
    createdAt,
    changedAt,
  };
}

type Shown = Pick<Subscriber, "lists" | "suppressed" | "tags" | "zone">;

function isShown(person: Shown, { status, list, tag, zone }: SubscriberFilter): boolean {
  return (
    (status === undefined || statusOf(person) === status) &&
    (list === undefined || person.lists[list]?.state === "joined") &&
    (tag === undefined || (person.tags ?? []).includes(tag)) &&
    (zone === undefined || person.zone === zone)
  );
}

function filtersAny(filter: SubscriberFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined);
}
