import type { Catalogue } from "../catalogue.ts";
import type { Letter } from "../delivery/letter.ts";
import type { Mailing } from "../delivery/mailing.ts";
import type { Subscribers } from "../ports.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { itemsOf } from "./choose-news.ts";
import { type DigestBody, mondayWords } from "./digest-body.ts";
import type { News } from "./digest-ports.ts";
import { digestList } from "./digest-subscription.ts";
import type { Edition } from "./edition.ts";
import { type FitDigestDeps, fitDigest } from "./fit-digest.ts";
import { digestDaily, mayRead } from "./may-read.ts";
import { editionsOfMailing } from "./plan-digest.ts";
import { type EditionItem, readNews } from "./read-news.ts";

export interface DigestLetterDeps extends FitDigestDeps {
  news: News;
  subscribers: Pick<Subscribers, "loadMany">;
  catalogue: Pick<Catalogue, "site" | "fragments" | "mails">;
}

/**
 * One digest; what is in it is the same at any time, and for all readers of the same topics. Where nobody has chosen
 * topics it is written once for all; else each reader's mail brings its own.
 */
export async function digestLetter(
  deps: DigestLetterDeps,
  mailing: Mailing & { kind: "digest" },
  { recipients }: { recipients: string[] },
): Promise<Letter> {
  const { catalogue } = deps;
  const editions = editionsOfMailing(mailing);
  const items = await readNews(deps.news, editions);
  const title = digestTitle(editions);
  const bodyFor = bodies(deps, items, editions.length === 1);
  const chosen = await haveChosen(deps, recipients);
  return {
    template: "digest",
    list: digestList,
    values: chosen ? { title } : { title, ...bodyFor(undefined) },
    eligibility: (subscriber, when) => {
      if (items.length === 0) return { may: "skip", reason: "superseded" };
      const eligibility = mayRead(catalogue.site.defaults.window, editions.length, subscriber, when);
      if (eligibility.may !== "send") return eligibility;
      if (itemsOf(items, subscriber.topics).length === 0) return { may: "skip", reason: "nothing-new" };
      // Chosen since the packet was opened: the next one knows.
      if (subscriber.topics && !chosen) return { may: "move", to: when.now, plannedAt: when.plannedAt };
      return eligibility;
    },
    daily: digestDaily(catalogue.site.defaults.window),
    ...(chosen && { personal: ({ topics }) => bodyFor(topics) }),
  };
}

/** What a digest of these editions is called. */
export function digestTitle(editions: Edition[]): string {
  const words = editions.length === 1 ? "The week’s" : editions.length < 4 ? "The latest" : "The month’s";
  return `${words} news, ${mondayWords(editions.at(-1) ?? "")}`;
}

async function haveChosen({ subscribers }: DigestLetterDeps, recipients: string[]): Promise<boolean> {
  const loaded = [...(await subscribers.loadMany(recipients)).values()];
  return loaded.some((subscriber) => subscriber !== "unreadable" && subscriber.topics !== undefined);
}

/** The body for each choice of topics, written when it is first asked for. */
function bodies(
  deps: FitDigestDeps,
  items: EditionItem[],
  isOfOneWeek: boolean,
): (topics: Subscriber["topics"]) => DigestBody {
  const written = new Map<string, DigestBody>();
  return (topics) => {
    const choice = topics ? topics.toSorted().join() : "all";
    const known = written.get(choice);
    if (known) return known;
    const { bodyHtml, bodyText } = fitDigest(deps, itemsOf(items, topics), isOfOneWeek);
    const body = { bodyHtml, bodyText };
    written.set(choice, body);
    return body;
  };
}
