import type { Sending } from "../account/account-ports.ts";
import { whyHeld } from "../account/sending-state.ts";
import type { Stop } from "../account/stop.ts";
import type { Catalogue } from "../catalogue.ts";
import { dayOf } from "../day/day-of.ts";
import type { DailySlots } from "../day/day-ports.ts";
import type { TakenDay } from "../day/put-off.ts";
import { type Delivery, deliveryKey } from "../delivery/delivery.ts";
import type { News } from "../digest/digest-ports.ts";
import { digestList } from "../digest/digest-subscription.ts";
import { readsDigest } from "../digest/start-digest.ts";
import { coursesWalked } from "../digest/start-digest-after-courses.ts";
import type { Nudges } from "../nudge/nudge-ports.ts";
import type { Deliveries, Enrolments, Packets, Subscribers, Suppressions } from "../ports.ts";
import type { ReminderDates } from "../reminder/reminder-ports.ts";
import { type Subscriber, type SubscriberStatus, statusOf } from "../subscriber/subscriber.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import { type CourseExplained, explainCourse } from "./explain-courses.ts";
import { type DateExplained, explainDate } from "./explain-dates.ts";
import { type DigestExplained, explainDigest } from "./explain-digest.ts";
import type { DigestStandings } from "./explain-ports.ts";
import { findWaitingPackets, type WaitingPacket } from "./find-waiting-packets.ts";

export interface ExplainSubscriberDeps {
  subscribers: Pick<Subscribers, "load">;
  suppressions: Pick<Suppressions, "has">;
  enrolments: Pick<Enrolments, "loadMany">;
  nudges: Pick<Nudges, "loadMany">;
  deliveries: Pick<Deliveries, "history">;
  dates: Pick<ReminderDates, "of">;
  digests: DigestStandings;
  news: News;
  packets: Pick<Packets, "due" | "loadMany">;
  slots: Pick<DailySlots, "holders">;
  sending: Pick<Sending, "table" | "load" | "stoppedMailings">;
  catalogue: Pick<Catalogue, "site" | "courses">;
  clock: Clock;
}

/** Everything that was ever sent to one person, and why; and what comes next. No address is in it. */
export interface SubscriberExplained {
  now: Instant;
  /** Undefined for somebody who is gone, of whom the ledger may still tell. */
  subscriber?: Omit<
    Subscriber,
    "rev" | "address" | "addressHash" | "name" | "softBounces" | "asked" | "moving"
  > & {
    status: SubscriberStatus;
    /** Whether the address itself is suppressed, whoever signs up with it. */
    addressSuppressed: boolean;
  };
  /** Why nothing is sent to anybody now. */
  held?: { why: "held" | "restored"; since?: Instant };
  /** What SES refuses to everybody, or of a mailing that concerns this person. */
  stops: { mailing?: string; stop: Stop }[];
  /** In the order in which they were claimed. */
  deliveries: Delivery[];
  waiting: { waiting: WaitingPacket[]; all: boolean };
  /** The mail that has this day, where they are: another one that can wait goes on the next. */
  today?: TakenDay;
  courses: CourseExplained[];
  digest?: DigestExplained;
  /** Courses whose end comes before the digest's beginning. */
  digestWaitsFor?: string[];
  dates: DateExplained[];
}

/** Explains one person; what is to come is asked of the functions that will decide on it. */
export async function explainSubscriber(
  deps: ExplainSubscriberDeps,
  subscriberId: string,
): Promise<SubscriberExplained | undefined> {
  const now = deps.clock.now();
  const [subscriber, history, state, stopped] = await Promise.all([
    deps.subscribers.load(subscriberId),
    deps.deliveries.history(subscriberId),
    deps.sending.load(),
    deps.sending.stoppedMailings(),
  ]);
  if (!subscriber && history.length === 0) return undefined;
  const why = whyHeld(state, deps.sending.table);
  const since = why === "held" ? state?.heldAt : state?.copyNoticedAt;
  const waiting = await findWaitingPackets(deps.packets, subscriberId);
  const concerned = new Set(waiting.waiting.map(({ mailing }) => mailing));
  const told = {
    now,
    ...(why && { held: { why, ...(since && { since }) } }),
    deliveries: history.toSorted((one, other) => one.claimedAt.localeCompare(other.claimedAt)),
    waiting,
    stops: [
      ...(state?.stop ? [{ stop: state.stop }] : []),
      ...stopped.filter(({ mailing }) => concerned.has(mailing)),
    ],
  };
  if (!subscriber) return { ...told, courses: [], dates: [] };

  const ledger = new Map(history.map((row) => [deliveryKey(row), row]));
  const lists = Object.keys(subscriber.lists);
  const [today, enrolments, nudges, dates, digest, addressSuppressed, walking] = await Promise.all([
    dayOf(deps.slots, subscriber, now),
    deps.enrolments.loadMany(subscriberId, lists),
    deps.nudges.loadMany(subscriberId, lists),
    deps.dates.of(subscriberId),
    deps.digests.load(subscriberId),
    deps.suppressions.has(subscriber.addressHash),
    coursesWalked(deps, subscriber),
  ]);
  const nudgeOf = (course: string) => nudges.find((nudge) => nudge.course === course);
  const begun = digest?.run === subscriber.lists[digestList]?.run;
  const waitsFor = readsDigest(subscriber) && !begun ? walking : [];
  const {
    rev: _,
    address: _a,
    addressHash: _h,
    name: _n,
    softBounces: _s,
    asked: _q,
    moving: _m,
    ...shown
  } = subscriber;
  return {
    ...told,
    ...(today && { today }),
    subscriber: { ...shown, status: statusOf(subscriber), addressSuppressed },
    courses: enrolments.map((enrolment) =>
      explainCourse(deps.catalogue, enrolment, subscriber, ledger, now, {
        nudge: nudgeOf(enrolment.course),
        today,
      }),
    ),
    ...(waitsFor.length > 0 && { digestWaitsFor: waitsFor }),
    ...(digest && { digest: await explainDigest(deps, digest, subscriber, now, today) }),
    dates: dates.map((date) => explainDate(deps.catalogue, date, subscriber, now)),
  };
}
