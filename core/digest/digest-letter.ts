import type { Catalogue } from "../catalogue.ts";
import type { Eligibility, Letter } from "../delivery/letter.ts";
import type { Mailing } from "../delivery/mailing.ts";
import type { NewsItem } from "../feed/feed-item.ts";
import type { Subscribers } from "../ports.ts";
import { pausedUntil, windowOf } from "../rhythm/rhythm.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { addDays, type Instant } from "../time/instant.ts";
import { nextInWindow, type SendWindow, startOfDayAfter } from "../time/window.ts";
import { chooseNews, itemsOf, mostRead } from "./choose-news.ts";
import { digestBody, inWords } from "./digest-body.ts";
import type { News } from "./digest-ports.ts";
import { digestList } from "./digest-subscription.ts";
import { mondayOf } from "./edition.ts";
import { readsDigest } from "./start-digest.ts";

/** News older than that is none: the next edition is near. */
const lateDays = 5;

export interface DigestLetterDeps {
  news: News;
  subscribers: Pick<Subscribers, "loadMany">;
  catalogue: Pick<Catalogue, "site" | "fragments">;
}

/**
 * One edition of the digest; what is in it is the same at any time, and for all readers of the same topics. Where nobody
 * has chosen topics it is written once for all; else each reader's mail brings its own.
 */
export async function digestLetter(
  deps: DigestLetterDeps,
  mailing: Mailing & { kind: "digest" },
  { recipients }: { recipients: string[] },
): Promise<Letter> {
  const { catalogue } = deps;
  const items = await deps.news.inEdition(mailing.edition, mostRead);
  const monday = inWords(mondayOf(mailing.edition).toZonedDateTime("UTC").toInstant().toString());
  const title = `The week's news, ${monday}`;
  const bodyFor = bodies(catalogue, items);
  const chosen = await haveChosen(deps, recipients);
  return {
    template: "digest",
    list: digestList,
    values: chosen ? { title } : { title, ...bodyFor(undefined) },
    eligibility: (subscriber, when) => {
      if (items.length === 0) return { may: "skip", reason: "superseded" };
      const eligibility = mayRead(catalogue.site.defaults.window, subscriber, when);
      if (eligibility.may !== "send") return eligibility;
      if (itemsOf(items, subscriber.topics).length === 0) return { may: "skip", reason: "nothing-new" };
      // Chosen since the packet was opened: the next one knows.
      if (subscriber.topics && !chosen) return { may: "move", to: when.now, plannedAt: when.plannedAt };
      return eligibility;
    },
    daily: {
      after: ["course", "nudge"],
      reserved: true,
      nextDay: (subscriber, { plannedAt, now }) => {
        const window = windowOf(subscriber, catalogue.site.defaults.window);
        const tomorrow = startOfDayAfter(now, subscriber.zone, 1);
        return { to: nextInWindow(tomorrow, subscriber.zone, window), plannedAt };
      },
    },
    ...(chosen && { personal: ({ topics }) => bodyFor(topics) }),
  };
}

async function haveChosen({ subscribers }: DigestLetterDeps, recipients: string[]): Promise<boolean> {
  const loaded = [...(await subscribers.loadMany(recipients)).values()];
  return loaded.some((subscriber) => subscriber !== "unreadable" && subscriber.topics !== undefined);
}

/** The body for each choice of topics, written when it is first asked for. */
function bodies(
  catalogue: Pick<Catalogue, "fragments">,
  items: NewsItem[],
): (topics: Subscriber["topics"]) => ReturnType<typeof digestBody> {
  const written = new Map<string, ReturnType<typeof digestBody>>();
  return (topics) => {
    const choice = topics ? topics.toSorted().join() : "all";
    const body = written.get(choice) ?? digestBody(catalogue, chooseNews(itemsOf(items, topics)));
    written.set(choice, body);
    return body;
  };
}

/** Whether a reader gets an edition now that has news in it. */
export function mayRead(
  window: SendWindow,
  subscriber: Subscriber,
  { plannedAt, now }: { plannedAt: Instant; now: Instant },
): Eligibility {
  if (!readsDigest(subscriber)) return { may: "skip", reason: "unsubscribed" };
  if (pausedUntil(subscriber, now)) return { may: "skip", reason: "paused" };
  const open = nextInWindow(now, subscriber.zone, windowOf(subscriber, window));
  // By when it may go, not by now: moved over a weekend it would come together with the next edition.
  if (open > addDays(plannedAt, lateDays)) return { may: "skip", reason: "late" };
  return open > now ? { may: "move", to: open, plannedAt } : { may: "send" };
}
