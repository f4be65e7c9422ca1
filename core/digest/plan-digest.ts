import type { Mailing } from "../delivery/mailing.ts";
import { windowOf } from "../rhythm/rhythm.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import { addMinutes, type Instant } from "../time/instant.ts";
import type { SendWindow } from "../time/window.ts";
import type { DigestPlan } from "./digest-subscription.ts";
import { digestDue, type Edition, editionAfter, editionBefore, monthlyEdition } from "./edition.ts";

/** Weeks that one digest reaches back at most; a month has five. */
export const mostWeeks = 6;

/** From so long before a digest is due on, it is left to dispatch, which may have written its packet. */
const leftAloneMinutes = 5;

type Reader = Pick<Subscriber, "zone" | "rhythm" | "digestEvery">;

/** The digest that a reader gets next, of all that is new from the edition `since` on. */
export function nextDigest(reader: Reader, since: Edition, window: SendWindow): DigestPlan {
  return planned(reader, since, reader.digestEvery === "month" ? monthlyEdition(since) : since, window);
}

/** The same plan by how often, when and where a reader wants it now. What no digest has held stays in it. */
export function replannedDigest(
  reader: Reader,
  { since, edition }: DigestPlan,
  window: SendWindow,
  now: Instant,
): DigestPlan {
  const from = since ?? edition;
  if (reader.digestEvery === "month") return planned(reader, from, monthlyEdition(edition), window);
  let next = from;
  while (next < edition && planned(reader, from, next, window).dueAt <= now) next = editionAfter(next);
  return planned(reader, from, next, window);
}

/** Whether a digest is due, or so soon that its packet may be written by now: only dispatch may move it then. */
export function isLeftToDispatch({ dueAt }: Pick<DigestPlan, "dueAt">, now: Instant): boolean {
  return dueAt <= addMinutes(now, leftAloneMinutes);
}

/** The first edition that a reader has in no digest, as far as that is known: what may have gone counts as gone. */
export function firstNotHeld(row: Partial<DigestPlan>, now: Instant): Edition | undefined {
  const { since, edition, dueAt } = row;
  if (edition === undefined || dueAt === undefined) return since;
  return isLeftToDispatch({ dueAt }, now) ? editionAfter(edition) : (since ?? edition);
}

/** The weekly editions of a digest, the earliest first. */
export function editionsOf({ since, edition }: Pick<DigestPlan, "since" | "edition">): Edition[] {
  const editions = [edition];
  while (since !== undefined && (editions[0] ?? "") > since && editions.length < mostWeeks)
    editions.unshift(editionBefore(editions[0] ?? edition, 1));
  return editions;
}

/** The mailing of a digest: which editions it holds is in its id. */
export function digestMailing(plan: Pick<DigestPlan, "since" | "edition">): Mailing & { kind: "digest" } {
  const weeks = editionsOf(plan).length;
  return { kind: "digest", edition: plan.edition, ...(weeks > 1 && { weeks }) };
}

/** The weekly editions that a mailing holds, the earliest first. */
export function editionsOfMailing({ edition, weeks = 1 }: Mailing & { kind: "digest" }): Edition[] {
  return editionsOf({ since: editionBefore(edition, weeks - 1), edition });
}

function planned(reader: Reader, from: Edition, edition: Edition, window: SendWindow): DigestPlan {
  const earliest = editionBefore(edition, mostWeeks - 1);
  const since = from < earliest ? earliest : from;
  return {
    ...(since < edition && { since }),
    edition,
    dueAt: digestDue(edition, reader.zone, windowOf(reader, window)),
  };
}
