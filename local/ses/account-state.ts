import { isSimulator, type MailboxEnd, type Mailboxes } from "./decide-outcome.ts";
import type { MailRecord } from "./mail-record.ts";
import type { PlannedEvent } from "./plan-events.ts";

/** One line of the journal. A mail and the events owed for it are one line, so neither is kept without the other. */
export type JournalEntry =
  | { kind: "accepted"; mail: Omit<MailRecord, "emlPath">; events: PlannedEvent[] }
  | { kind: "handled"; eventId: string }
  | { kind: "mailbox"; address: string; closesWith: MailboxEnd }
  | { kind: "suppressed"; address: string; reason: SuppressionReason; at: string }
  | { kind: "unsuppressed"; address: string };

export type SuppressionReason = "BOUNCE" | "COMPLAINT";

/** An address on the account's suppression list; `messageId` names the mail that put it there. */
export interface Suppression {
  address: string;
  reason: SuppressionReason;
  at: string;
  messageId?: string;
}

/** All that the journal says, added up. */
export interface AccountState extends Mailboxes {
  mails: Map<string, Omit<MailRecord, "emlPath">>;
  /** Events not yet handled, by mail, in their order. */
  owed: Map<string, PlannedEvent[]>;
  suppressions: Map<string, Suppression>;
  apply(entry: JournalEntry): void;
}

/** An account to which nothing has happened. */
export function createAccountState(): AccountState {
  const ends = new Map<string, MailboxEnd>();
  const mailOfEvent = new Map<string, string>();
  const state: AccountState = {
    mails: new Map(),
    owed: new Map(),
    suppressions: new Map(),
    isSuppressed: (address) => state.suppressions.has(address),
    end: (address) => ends.get(address),
    apply(entry) {
      switch (entry.kind) {
        case "accepted":
          accept(state, mailOfEvent, entry);
          break;
        case "handled":
          settle(state, mailOfEvent, entry.eventId);
          break;
        case "mailbox":
          ends.set(entry.address, entry.closesWith);
          break;
        case "suppressed":
          state.suppressions.set(entry.address, {
            address: entry.address,
            reason: entry.reason,
            at: entry.at,
          });
          break;
        case "unsuppressed":
          state.suppressions.delete(entry.address);
      }
    },
  };
  return state;
}

function accept(
  state: AccountState,
  mailOfEvent: Map<string, string>,
  { mail, events }: Extract<JournalEntry, { kind: "accepted" }>,
): void {
  const { messageId } = mail;
  state.mails.set(messageId, mail);
  if (events.length > 0) state.owed.set(messageId, [...events]);
  for (const { id } of events) mailOfEvent.set(id, messageId);
  for (const { address, outcome } of mail.recipients) {
    // The simulator may be used again and again, so SES never lists its addresses.
    if (isSimulator(address) || (outcome !== "bounced" && outcome !== "complained")) continue;
    const reason = outcome === "bounced" ? "BOUNCE" : "COMPLAINT";
    const key = address.toLowerCase();
    state.suppressions.set(key, { address: key, reason, at: mail.acceptedAt, messageId });
  }
}

function settle(state: AccountState, mailOfEvent: Map<string, string>, eventId: string): void {
  const messageId = mailOfEvent.get(eventId);
  if (messageId === undefined) return;
  mailOfEvent.delete(eventId);
  const left = (state.owed.get(messageId) ?? []).filter(({ id }) => id !== eventId);
  if (left.length === 0) state.owed.delete(messageId);
  else state.owed.set(messageId, left);
}
