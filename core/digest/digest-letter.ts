import type { Catalogue } from "../catalogue.ts";
import type { Eligibility, Letter } from "../delivery/letter.ts";
import type { Mailing } from "../delivery/mailing.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { addDays, type Instant } from "../time/instant.ts";
import { nextInWindow, type SendWindow } from "../time/window.ts";
import { chooseNews } from "./choose-news.ts";
import { digestBody, inWords } from "./digest-body.ts";
import type { News } from "./digest-ports.ts";
import { digestList } from "./digest-subscription.ts";
import { mondayOf } from "./edition.ts";
import { readsDigest } from "./start-digest.ts";

/** News older than that is none: the next edition is near. */
const lateDays = 5;
/** Items looked through for those that are shown. */
const mostRead = 1000;

/** One edition of the digest; what is in it is the same for every reader and at any time. */
export async function digestLetter(
  mailing: Mailing & { kind: "digest" },
  { catalogue, news }: { catalogue: Pick<Catalogue, "site" | "fragments">; news: News },
): Promise<Letter> {
  const items = chooseNews(await news.inEdition(mailing.edition, mostRead));
  const monday = inWords(mondayOf(mailing.edition).toZonedDateTime("UTC").toInstant().toString());
  return {
    template: "digest",
    list: digestList,
    values: { title: `The week's news, ${monday}`, ...digestBody(catalogue, items) },
    eligibility: (subscriber, when) =>
      items.length === 0
        ? { may: "skip", reason: "superseded" }
        : mayRead(catalogue.site.defaults.window, subscriber, when),
  };
}

/** Whether a reader gets an edition now that has news in it. */
export function mayRead(
  window: SendWindow,
  subscriber: Subscriber,
  { plannedAt, now }: { plannedAt: Instant; now: Instant },
): Eligibility {
  if (!readsDigest(subscriber)) return { may: "skip", reason: "unsubscribed" };
  const open = nextInWindow(now, subscriber.zone, window);
  // By when it may go, not by now: moved over a weekend it would come together with the next edition.
  if (open > addDays(plannedAt, lateDays)) return { may: "skip", reason: "late" };
  return open > now ? { may: "move", to: open, plannedAt } : { may: "send" };
}
