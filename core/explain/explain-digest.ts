import type { Catalogue } from "../catalogue.ts";
import { putOffBy, type TakenDay } from "../day/put-off.ts";
import { mailingId } from "../delivery/mailing.ts";
import { itemsOf } from "../digest/choose-news.ts";
import type { News } from "../digest/digest-ports.ts";
import { digestList } from "../digest/digest-subscription.ts";
import type { Edition } from "../digest/edition.ts";
import { editionOf } from "../digest/edition.ts";
import { digestDaily, mayRead } from "../digest/may-read.ts";
import { digestMailing, editionsOf } from "../digest/plan-digest.ts";
import { readNews } from "../digest/read-news.ts";
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
  /** How many weekly editions it holds, that one the last. */
  weeks?: number;
  mail?: MailForecast;
  /** Whether there is news in it: `not-yet` while more may come, `none` when it is passed over. */
  news?: "some" | "not-yet" | "none";
  clockChange?: ClockChange;
}

/** Explains the digest, by what dispatch and the send path will say when it is due. */
export async function explainDigest(
  { catalogue, news }: { catalogue: Pick<Catalogue, "site">; news: News },
  { run, since, edition, dueAt }: DigestStanding,
  subscriber: Subscriber,
  now: Instant,
  today?: TakenDay,
): Promise<DigestExplained> {
  const onThisRun = readsDigest(subscriber) && subscriber.lists[digestList]?.run === run;
  if (edition === undefined || dueAt === undefined || !onThisRun) return { run };
  const { window } = catalogue.site.defaults;
  const editions = editionsOf({ ...(since !== undefined && { since }), edition });
  const weeks = editions.length;
  const mail = whenItGoes(
    (when) => mayRead(window, weeks, subscriber, when),
    { plannedAt: dueAt, at: dueAt > now ? dueAt : now },
    putOffBy(
      today,
      mailingId(digestMailing({ edition, ...(since !== undefined && { since }) })),
      { daily: digestDaily(window) },
      subscriber,
    ),
  );
  const { topics } = subscriber;
  const some = itemsOf(await readNews(news, editions), topics).length > 0;
  // News that is seen now goes into this edition or one before it, so it is not complete yet.
  const filling = editionOf(now) <= edition;
  const clockChange = mail.status === "goes" && clockChangeBetween(now, mail.at, subscriber.zone);
  return {
    run,
    edition,
    weeks,
    mail,
    news: some ? "some" : filling ? "not-yet" : "none",
    ...(clockChange && { clockChange }),
  };
}
