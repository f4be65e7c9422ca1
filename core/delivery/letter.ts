import type { Daily } from "../day/daily.ts";
import type { Subscriber } from "../subscriber/subscriber.ts";
import type { Instant } from "../time/instant.ts";
import type { SkipReason } from "./delivery.ts";
import type { Packet } from "./packet.ts";
import type { MailValues } from "./render.ts";

/** A file that goes with a mail. */
export interface Attachment {
  fileName: string;
  contentType: string;
  content: string;
}

/** What the mails of one mailing have in common, opened once for each packet. */
export interface Letter {
  /** Key of the compiled mail in the catalogue. */
  template: string;
  /** The list that its reader can leave by one click; none on a mail that someone just asked for. */
  list?: string;
  /** Where it goes to, if not to the address on file: a bounce on file keeps no such mail back. */
  to?(subscriber: Subscriber): string | undefined;
  /** Values that are the same for every reader. */
  values: MailValues;
  /** Files that are the same for every reader. */
  attachments?: Attachment[];
  /** The step of a course that it is about for one reader, whose page is then its `stepUrl`. */
  step?(subscriber: Subscriber): { course: string; step: string } | undefined;
  /** Reads anew, after the claim, what {@link eligibility} looks at besides the subscriber. */
  lookAgain?(): Promise<void>;
  /** The last look at one recipient, as it stands after the claim. */
  eligibility(subscriber: Subscriber, when: LastLook): Eligibility;
  /** On mails of which a reader gets one a day at most. */
  daily?: Daily;
  /** Links and other values of one reader; `links` are those that every mail has. */
  personal?(subscriber: Subscriber, links?: { progressUrl?: string }): MailValues;
}

/** When somebody is looked at, and what the packet says of its mails: what they were planned for, and whether they gave way. */
export interface LastLook extends Pick<Packet, "plannedAt" | "gaveWay"> {
  now: Instant;
}

/** Whether a claimed mail may go now. */
export type Eligibility =
  | { may: "send" }
  | { may: "skip"; reason: SkipReason }
  /** Not now: the window is closed. `plannedAt` is what lateness counts from then. */
  | { may: "move"; to: Instant; plannedAt: Instant };

/** A mailing that must wait as a whole (a paused campaign): look again after so many minutes. */
export interface Held {
  holdMinutes: number;
}
