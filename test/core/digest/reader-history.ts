import type { Topic } from "../../../core/catalogue.ts";
import type { DailySlots } from "../../../core/day/day-ports.ts";
import type { Mailing } from "../../../core/delivery/mailing.ts";
import { parseMailing } from "../../../core/delivery/mailing.ts";
import type { Packet } from "../../../core/delivery/packet.ts";
import { digestLetter } from "../../../core/digest/digest-letter.ts";
import { dispatchDigests } from "../../../core/digest/dispatch-digests.ts";
import { editionBefore, editionOf } from "../../../core/digest/edition.ts";
import { startDigest } from "../../../core/digest/start-digest.ts";
import type { FeedItem, NewsItem, StoredItem } from "../../../core/feed/feed-item.ts";
import type { Feeds, ItemId } from "../../../core/feed/feed-ports.ts";
import { canonicalLink } from "../../../core/feed/item-key.ts";
import type { FeedRules } from "../../../core/feed/judge-item.ts";
import { keepItems } from "../../../core/feed/keep-items.ts";
import { replan } from "../../../core/rhythm/replan.ts";
import type { Subscriber } from "../../../core/subscriber/subscriber.ts";
import { addMinutes, type Instant } from "../../../core/time/instant.ts";
import { type DigestRow, modelDigests, modelNews } from "../../faults/model/dates-and-digests.ts";
import { modelDailySlots } from "../../faults/model/days.ts";
import { modelSubscribers } from "../../faults/model/subscribers.ts";
import { asPort, atOnce } from "../../faults/model/sync-port.ts";
import { catalogue } from "../../helpers/catalogue.ts";
import { memoryMarks } from "../../helpers/memory-marks.ts";
import { subscriber } from "../../helpers/subscribers.ts";

/** A feed tells how much an entry matters by what it files it under. */
const feedRules: FeedRules = {
  topics: [],
  relevance: [-3, -2, -1, 1, 2, 3].map((points) => ({
    because: "the test says so",
    points,
    categories: [`points ${points}`],
  })),
};
const keyOf = ({ feedId, key }: ItemId) => `${feedId} ${key}`;

/** One reader, the feeds, and what dispatch and the send path make of both, on the model of the storage. */
export function readerHistory() {
  const reader = subscriber({
    lists: { digest: { state: "joined", run: 1, since: "2027-03-01T12:00:00.000Z" } },
  });
  const people = new Map([[reader.id, reader]]);
  const items = new Map<string, NewsItem[]>();
  const rows = new Map<string, DigestRow>();
  const stored = new Map<string, StoredItem>();
  const itemMarks = memoryMarks();
  const packets: Packet[] = [];
  const settled = new Set<string>();
  /** Addresses in the order in which they came to the reader. */
  const seen: string[] = [];
  let now: Instant = "2027-03-01T12:00:00.000Z";
  let afterPackets = async (): Promise<void> => {};

  const digests = asPort("digests", modelDigests(rows), atOnce);
  const deps = {
    catalogue: { ...catalogue, feedRules },
    publicUrl: "https://steps.example",
    clock: { now: () => now, elapsed: () => 0, sleep: async () => {} },
    ids: { next: (prefix: string) => `${prefix}_${packets.length}` },
    doorbells: { ring: async () => {} },
    dayPlans: { of: async () => [] },
    slots: asPort<DailySlots>("slots", modelDailySlots(new Map()), atOnce),
    packets: { create: async (packet: Packet) => packets.push(packet) > 0 } as never,
    enrolments: { loadMany: async () => [], advance: async () => false } as never,
    dates: { of: async () => [], move: async () => false } as never,
    news: asPort("news", modelNews(items), atOnce),
    subscribers: asPort("subscribers", modelSubscribers(people), atOnce),
    digests: {
      ...digests,
      start: digests.start,
      load: digests.load,
      due: digests.due,
      advance: async (...args: Parameters<typeof digests.advance>) => {
        const once = afterPackets;
        afterPackets = async () => {};
        await once();
        return digests.advance(...args);
      },
    },
  };
  const put = (item: StoredItem) => {
    stored.set(keyOf(item), item);
    items.set(
      item.edition,
      [...stored.values()].filter(({ edition }) => edition === item.edition),
    );
    return true;
  };
  const feeds = {
    loadItems: async (ids: ItemId[]) =>
      new Map(
        ids.flatMap((id): [string, StoredItem][] => {
          const item = stored.get(keyOf(id));
          return item ? [[id.key, item]] : [];
        }),
      ),
    addItem: async (item: FeedItem) => !stored.has(keyOf(item)) && put({ ...item, rev: 1 }),
    changeItem: async (item: StoredItem) => put({ ...item, rev: item.rev + 1 }),
  } as unknown as Feeds;
  const known = () => people.get(reader.id) ?? reader;
  const change = (changes: Partial<Subscriber>) => {
    people.set(reader.id, { ...known(), ...changes, rev: known().rev + 1 });
  };
  const plan = async () => {
    const { todo } = known();
    if (todo.enrol !== undefined) await startDigest(deps, known(), todo.enrol);
    change({ todo: todo.replan === undefined ? {} : { replan: todo.replan } });
    await replan(deps, known());
  };

  return {
    seen,
    mailings: () => [...settled],
    row: () => rows.get(reader.id),
    plan,
    now: () => now,
    /** The edition that is being filled, or one before: feeds show old entries beside new ones. */
    edition: (weeksAgo: number) => editionBefore(editionOf(now), weeksAgo),
    join: () => startDigest(deps, known(), now),
    pass: (minutes: number) => {
      now = addMinutes(now, minutes);
    },
    /** So many minutes after the next digest is due, or before. */
    passToDue(minutes: number) {
      const { dueAt = now } = rows.get(reader.id) ?? {};
      const at = addMinutes(dueAt, minutes);
      if (at > now) now = at;
    },
    /** A feed shows an entry; `guid` is what it calls it by today. */
    async show(
      feed: number,
      {
        guid,
        link,
        title,
        topic,
        score,
      }: { guid?: string; link: string; title: string; topic: Topic; score: number },
    ) {
      const source = {
        id: `feed-${feed}`,
        title: `Feed ${feed}`,
        topic,
        url: "https://a.example/",
        everyMinutes: 60,
      };
      const entry = { ...(guid && { guid }), url: link, title, summary: "", categories: [`points ${score}`] };
      await keepItems({ ...deps, feeds, itemMarks }, source, [entry], { silent: false });
    },
    /** Something of the profile that plans depend on changes; `fast` is whether the plan is looked at at once. */
    async set(changes: Partial<Subscriber>, fast: boolean) {
      change({ ...changes, todo: { ...known().todo, replan: now } });
      if (fast) await plan();
    },
    async leaveOrReturn(fast: boolean) {
      const { state, run = 0 } = known().lists.digest ?? {};
      const isOn = state === "joined";
      const digest = isOn
        ? ({ state: "left", run, since: now } as const)
        : ({ state: "joined", run: run + 1, since: now } as const);
      change({ lists: { digest }, ...(!isOn && { todo: { ...known().todo, enrol: now } }) });
      if (fast) await plan();
    },
    /** The minute; it may die, or be overtaken, between a packet and the move of the row. */
    async dispatch(between?: () => Promise<void>) {
      afterPackets = between ?? (async () => {});
      await dispatchDigests(deps, 100).catch(() => {});
      afterPackets = async () => {};
    },
    /** Sends what is open, as far as the last look lets it; the ledger stops what was settled before. */
    async send() {
      for (const packet of packets) {
        if (settled.has(packet.mailing)) continue;
        const mailing = parseMailing(packet.mailing) as Mailing & { kind: "digest" };
        const letter = await digestLetter(deps, mailing, packet);
        const look = letter.eligibility(known(), { plannedAt: packet.plannedAt, now });
        if (look.may === "move") continue;
        settled.add(packet.mailing);
        if (look.may === "skip") continue;
        const { bodyText = "" } = letter.personal?.(known()) ?? letter.values;
        for (const [link] of bodyText.matchAll(/https:\/\/news\.example\/\S+/g))
          seen.push(canonicalLink(link));
      }
    },
  };
}
