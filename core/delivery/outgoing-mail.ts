import type { StopCause, StopScope } from "../account/stop.ts";
import type { CompiledMail, CompiledText, Slot } from "../catalogue.ts";
import type { Attachment } from "./letter.ts";

/** What the mails of one call have in common: all but what is a reader's own is filled in. */
export interface MailTemplate extends CompiledMail {
  attachments?: Attachment[];
}

/** A mail ready to be handed over. `mailing` and `subscriberId` travel as tags, so that events find the ledger. */
export interface OutgoingMail {
  mailing: string;
  subscriberId: string;
  to: string;
  /** By {@link slotKey}, for each slot of the template, escaped for where it stands. */
  values: Record<string, string>;
  headers: { name: string; value: string }[];
}

/** A text of a mail with its reader's values put in. */
export function filled({ literals, slots }: CompiledText, values: OutgoingMail["values"]): string {
  return slots.reduce(
    (text, slot, index) => `${text}${values[slotKey(slot)] ?? ""}${literals[index + 1] ?? ""}`,
    literals[0] ?? "",
  );
}

/** Slots of the same name have one value for each kind of place that they stand in. */
export function slotKey({ name, as }: Slot): string {
  return `${name}_${as}`;
}

/**
 * What the provider made of one mail. Proven not accepted are all but the first and the last: `rejected` concerns
 * this recipient or this content; `throttled` may go again; `stopped` would meet the next recipient too;
 * `refused-together` may be the fault of another mail of the same call, and is to go in a call of its own.
 */
export type SendResult =
  | { outcome: "accepted"; messageId: string }
  | { outcome: "rejected"; code: string }
  | { outcome: "throttled"; code: string }
  | { outcome: "stopped"; scope: StopScope; cause: StopCause; code: string }
  | { outcome: "refused-together"; code: string }
  | { outcome: "doubtful"; code: string };
