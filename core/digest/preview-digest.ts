import type { Catalogue, Topic } from "../catalogue.ts";
import { fill, type MailValues } from "../delivery/render.ts";
import { AppError } from "../errors.ts";
import { greetingFor } from "../subscriber/greeting.ts";
import type { Clock } from "../time/clock.ts";
import { itemsOf } from "./choose-news.ts";
import { digestTitle } from "./digest-letter.ts";
import type { News } from "./digest-ports.ts";
import type { DigestRhythm } from "./digest-subscription.ts";
import { type Edition, editionBefore, editionOf, monthlyEdition } from "./edition.ts";
import { type FitDigestDeps, fitDigest } from "./fit-digest.ts";
import { editionsOf } from "./plan-digest.ts";
import { type EditionItem, readNews } from "./read-news.ts";

export interface PreviewDigestDeps extends FitDigestDeps {
  news: News;
  clock: Clock;
  catalogue: Pick<Catalogue, "mails" | "fragments">;
}

/** The next digest, if it were cut now; its links to leave and to the progress lead nowhere. */
export interface DigestPreview {
  /** Those that it holds, the earliest first; news still comes to the last. */
  editions: Edition[];
  subject: string;
  html: string;
  text: string;
  items: EditionItem[];
  /** How many more stand on the pages of the archive alone. */
  beyond: number;
}

/** Writes the digest that is being collected, for a choice of topics, as its readers would get it. */
export async function previewDigest(
  deps: PreviewDigestDeps,
  wanted: { topics?: readonly Topic[]; every: DigestRhythm },
): Promise<DigestPreview> {
  const { catalogue, publicUrl } = deps;
  const editions = editionsCollected(editionOf(deps.clock.now()), wanted.every);
  const news = itemsOf(await readNews(deps.news, editions), wanted.topics);
  const { shown, beyond, bodyHtml, bodyText } = fitDigest(deps, news, editions.length === 1);
  const mail = catalogue.mails.digest;
  if (!mail) throw new AppError("missing", "mail.no-template", "The catalogue has no mail digest");
  const values: MailValues = {
    title: digestTitle(editions),
    bodyHtml,
    bodyText,
    publicUrl,
    greeting: greetingFor(""),
    progressUrl: `${publicUrl}/progress/preview`,
    unsubscribeUrl: `${publicUrl}/unsubscribe/preview`,
  };
  return {
    editions,
    subject: fill(mail.subject, values),
    html: fill(mail.html, values),
    text: fill(mail.text, values),
    items: shown,
    beyond: beyond.length,
  };
}

/** What is collected up to now: this week's edition, or all since that of a month's first Monday. */
function editionsCollected(filling: Edition, every: DigestRhythm): Edition[] {
  if (every === "week") return [filling];
  let since = filling;
  // What follows that of a first Monday begins a month.
  while (monthlyEdition(editionBefore(since, 1)) !== editionBefore(since, 1)) since = editionBefore(since, 1);
  return editionsOf({ since, edition: filling });
}
