import { putOffBy, type TakenDay } from "../day/put-off.ts";
import { mailingId } from "../delivery/mailing.ts";
import { type DigestPlan, digestList } from "../digest/digest-subscription.ts";
import { editionAfter } from "../digest/edition.ts";
import { digestDaily, mayRead } from "../digest/may-read.ts";
import {
  digestMailing,
  editionsOf,
  isLeftToDispatch,
  nextDigest,
  replannedDigest,
} from "../digest/plan-digest.ts";
import type { DigestStanding } from "../explain/explain-ports.ts";
import { whenItGoes } from "../explain/when-it-goes.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";
import type { SendWindow } from "../time/window.ts";

/** When a reader's digest comes next, if there is news in it by then. */
export type DigestForecast =
  | { status: "goes"; at: Instant }
  /** It waits for the end of a course, or for the next minute. */
  | { status: "begins" }
  /** No mail may reach the reader. */
  | { status: "stops" };

/** More digests than a pause of the longest can leave out. */
const mostLeftOut = 60;

/** What dispatch and the send path will make of a reader's digest, also where they have not looked at a change yet. */
export function digestForecast(
  standing: DigestStanding | undefined,
  reader: Subscriber,
  window: SendWindow,
  now: Instant,
  today?: TakenDay,
): DigestForecast {
  if (reader.suppressed) return { status: "stops" };
  const { run, since, edition, dueAt } = standing ?? {};
  if (run !== reader.lists[digestList]?.run || edition === undefined || dueAt === undefined)
    return { status: "begins" };
  let plan: DigestPlan = { ...(since !== undefined && { since }), edition, dueAt };
  if (reader.todo.replan !== undefined && !isLeftToDispatch(plan, now))
    plan = replannedDigest(reader, plan, window, now);
  for (let leftOut = 0; leftOut < mostLeftOut; leftOut++) {
    const weeks = editionsOf(plan).length;
    const mail = whenItGoes(
      (when) => mayRead(window, weeks, reader, when),
      { plannedAt: plan.dueAt, at: plan.dueAt > now ? plan.dueAt : now },
      putOffBy(today, mailingId(digestMailing(plan)), { daily: digestDaily(window) }, reader),
    );
    if (mail.status === "goes") return mail;
    plan = nextDigest(reader, editionAfter(plan.edition), window);
  }
  return { status: "stops" };
}
