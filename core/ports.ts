import type { DueEnrolment, Enrolment, EnrolmentChange } from "./course/enrolment.ts";
import type { Claim, Claims } from "./delivery/claim.ts";
import type { Delivery, DeliveryKey, DueUnknown, Settlement } from "./delivery/delivery.ts";
import type { MailTemplate, OutgoingMail, SendResult } from "./delivery/outgoing-mail.ts";
import type { Packet } from "./delivery/packet.ts";
import type { Ids } from "./ids.ts";
import type { Subscriber } from "./subscriber/subscriber.ts";
import type { Suppression } from "./suppression/suppression.ts";
import type { Instant } from "./time/instant.ts";
import type { KeyRing } from "./token/token.ts";

/*
 * Ports: what the domain needs, one interface each. Every write is conditional on a single row, and answers
 * `false` when the condition does not hold: someone else was there first. Other failures throw `AppError`.
 */

export type { Ids };

/** Unique claims of addresses, by keyed hash. */
export interface Addresses {
  /** Claims an address for a subscriber id, or tells whose it is already. */
  claim(addressHash: string, subscriberId: string): Promise<string>;
}

export interface Subscribers {
  /** False if the id is taken. */
  create(subscriber: Subscriber): Promise<boolean>;
  load(id: string): Promise<Subscriber | undefined>;
  /** Strongly consistent; unknown ids are left out. A row that cannot be read hides none of the others. */
  loadMany(ids: string[]): Promise<Map<string, Subscriber | "unreadable">>;
  /** Stores the change as revision `rev + 1`; false if the stored revision is no longer `rev`. */
  replace(subscriber: Subscriber): Promise<boolean>;
  /** Ids of those with a task due at `now`. */
  due(now: Instant, limit: number): Promise<string[]>;
}

/** Addresses that must not be written to, whoever asks. */
export interface Suppressions {
  /** The weightiest evidence stands, and of that the earliest. */
  add(addressHash: string, evidence: Suppression, subscriberId?: string): Promise<void>;
  has(addressHash: string): Promise<boolean>;
}

export interface Enrolments {
  /** Starts a run; false if this run, or a later one, has begun. */
  start(enrolment: Enrolment): Promise<boolean>;
  due(now: Instant, limit: number): Promise<DueEnrolment[]>;
  /** Moves on from the step and instant that were read; false if it has moved already. */
  advance(from: DueEnrolment, to: EnrolmentChange): Promise<boolean>;
  /** Lets a run that was stopped walk on; false if that is no longer the run, or it is not stopped. */
  resume(
    enrolment: Pick<Enrolment, "subscriberId" | "course" | "run">,
    to: { step: string; dueAt: Instant },
  ): Promise<boolean>;
  /** Strongly consistent, in any order; courses that were never begun are left out. */
  loadMany(subscriberId: string, courses: string[]): Promise<Enrolment[]>;
  /** In one course, by subscriber, as of about a second ago; who never began it is left out. */
  ofMany(subscriberIds: string[], course: string): Promise<Map<string, Enrolment>>;
  /** Notes that the learner has done a step; the first instant stands. False if that is no longer the run. */
  noteDone(
    enrolment: Pick<Enrolment, "subscriberId" | "course" | "run">,
    step: string,
    at: Instant,
  ): Promise<boolean>;
  /** Keeps which tasks of a step are ticked, in place of those before. False if that is no longer the run. */
  setTasks(
    enrolment: Pick<Enrolment, "subscriberId" | "course" | "run">,
    step: string,
    tasks: string[],
  ): Promise<boolean>;
}

export interface Packets {
  /** False if the id is taken: what was written first stands. */
  create(packet: Packet): Promise<boolean>;
  load(id: string): Promise<Packet | undefined>;
  /** Strongly consistent, in any order; unknown ids are left out. */
  loadMany(ids: string[]): Promise<Packet[]>;
  /** Takes the next lease, if no live one and no `calling` mark stands in the way; false otherwise. */
  lease(packet: Packet, until: number, elapsed: number): Promise<boolean>;
  /** Marks the recipients at these positions as being handed over; false if the lease is no longer ours. */
  markCalling(packet: Packet, range: { from: number; to: number }): Promise<boolean>;
  /** Clears the mark that a dead worker left; false if it is gone or the lease lives. */
  clearAbandoned(packet: Packet, elapsed: number): Promise<boolean>;
  /** Names the packets that recipients are moved to, in place of those named before; false if the lease is no longer ours. */
  nameMoved(packet: Packet, ids: string[]): Promise<boolean>;
  /** Ends the packet with its counts; false if the lease is no longer ours. */
  finish(packet: Packet, counts: Record<string, number>): Promise<boolean>;
  /** Sets what was counted anew; false if somebody else has counted since it was read, or it was finished since. */
  recount(packet: Packet, counted: Pick<Packet, "counts" | "tally">): Promise<boolean>;
  /** Gives the packet back to the due index; false if the lease is no longer ours. */
  postpone(packet: Packet, dueAt: Instant): Promise<boolean>;
  due(
    now: Instant,
    limit: number,
  ): Promise<Pick<Packet, "id" | "lane" | "plannedAt" | "notBefore" | "dueAt">[]>;
  /** Moves an open packet's `dueAt`; false if it moved already or a lease is alive. */
  rescheduleRing(packet: Pick<Packet, "id" | "dueAt">, dueAt: Instant, elapsed: number): Promise<boolean>;
}

/** The ledger: one row for each mail to each subscriber. */
export interface Deliveries {
  /** Strongly consistent; rows that do not exist are left out. */
  loadMany(keys: DeliveryKey[]): Promise<Map<string, Delivery>>;
  /**
   * Claims a mailing's deliveries for an owner, each on its own: where there is no row, where it was released, where a
   * dead lease of the same packet claimed it, or where its outcome stayed unknown and this is a later attempt.
   * When it throws, it may have claimed some.
   */
  claimMany(claim: Claim, subscriberIds: string[]): Promise<Claims>;
  /**
   * Settles deliveries in `sending` of this owner, each once and on its own; `sent` settles one that others gave up as
   * `unknown`, too. Answers in order whether each was settled by this call: one whose answer was lost says false.
   * When it throws, it may have settled some.
   */
  settleMany(
    key: Pick<Claim, "mailing" | "owner">,
    settlements: [subscriberId: string, to: Settlement][],
    at: Instant,
  ): Promise<boolean[]>;
  /**
   * Notes an event on the row, of each type the earliest instant. It proves that the mail was accepted (at `acceptedAt`,
   * or else by `at`), and so settles `sending`, `unknown` and `released` as `sent`. False if there is no row; `proved`
   * if its outcome was unknown before the first event.
   */
  noteEvent(
    key: DeliveryKey,
    event: { type: string; at: Instant; messageId: string; acceptedAt?: Instant },
  ): Promise<false | "noted" | "proved">;
  /** Everything that was ever to be sent to one person; strongly consistent. */
  history(subscriberId: string): Promise<Delivery[]>;

  /** Unknown deliveries whose time for evidence is over. */
  dueUnknown(now: Instant, limit: number): Promise<DueUnknown[]>;
  /** Takes an unknown delivery out of the due index, its state unchanged; false if it was settled meanwhile. */
  leaveUnknown(delivery: DueUnknown): Promise<boolean>;
}

/** The ledger of one person in pages, for those who look at it. */
export interface DeliveryPages {
  /** In the order of their mailings' ids; `cursor` is the mailing behind which the next page begins. Strongly consistent. */
  pageOf(
    subscriberId: string,
    cursor: string | undefined,
    limit: number,
  ): Promise<{ deliveries: Delivery[]; cursor?: string }>;
}

/** Rings for packets: hands their ids to the send queues. */
export interface Doorbells {
  ring(packets: Pick<Packet, "id" | "lane">[]): Promise<void>;
}

export interface Mailer {
  /**
   * Hands over mails of one template, each once and never again by itself. One result per mail, in order; does not
   * throw for SES's answers.
   */
  send(template: MailTemplate, mails: OutgoingMail[]): Promise<SendResult[]>;
}

export interface Keys {
  /**
   * The keys as they were read at most so many seconds ago. Who does not tell takes five minutes, and an hour while they
   * cannot be read; who does gets keys that fresh, or a failure. A failure keeps nobody else from the keys that there are.
   */
  ring(mostSecondsAgo?: number): Promise<KeyRing>;
}
