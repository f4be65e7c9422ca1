import type { Catalogue } from "../catalogue.ts";
import { itemsOf, mostRead } from "../digest/choose-news.ts";
import { mayRead } from "../digest/digest-letter.ts";
import type { News } from "../digest/digest-ports.ts";
import { digestList } from "../digest/digest-subscription.ts";
import type { Edition } from "../digest/edition.ts";
import { editionOf } from "../digest/edition.ts";
import { readsDigest } from "../digest/start-digest.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { type ClockChange, clockChangeBetween } from "../time/clock-change.ts";
import type { Instant } from "../time/instant.ts";
import type { DigestStanding } from "./explain-ports.ts";
import { type MailForecast, whenItGoes } from "./when-it-goes.ts";

/** Which edition comes next, and when; none where the list was left. */
export interface DigestExplained {
  run: number;
  edition?: Edition;
  mail?: MailForecast;
  /** Whether there is news in it: `not-yet` while more may come, `none` when it is passed over. */
  news?: "some" | "not-yet" | "none";
  clockChange?: ClockChange;
}

/** Explains the digest, by what dispatch and the send path will say when it is due. */
export async function explainDigest(
  { catalogue, news }: { catalogue: Pick<Catalogue, "site">; news: News },
  { run, edition, dueAt }: DigestStanding,
  subscriber: Subscriber,
  now: Instant,
): Promise<DigestExplained> {
  const onThisRun = readsDigest(subscriber) && subscriber.lists[digestList]?.run === run;
  if (edition === undefined || dueAt === undefined || !onThisRun) return { run };
  const { window } = catalogue.site.defaults;
  const mail = whenItGoes((when) => mayRead(window, subscriber, when), {
    plannedAt: dueAt,
    at: dueAt > now ? dueAt : now,
  });
  const { topics } = subscriber;
  const items = await news.inEdition(edition, topics ? mostRead : 1);
  const some = itemsOf(items, topics).length > 0;
  // News that is seen now goes into this edition or one before it, so it is not complete yet.
  const filling = editionOf(now) <= edition;
  const clockChange = mail.status === "goes" && clockChangeBetween(now, mail.at, subscriber.zone);
  return {
    run,
    edition,
    mail,
    news: some ? "some" : filling ? "not-yet" : "none",
    ...(clockChange && { clockChange }),
  };
}
