import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  createAccountState,
  type JournalEntry,
  type Suppression,
  type SuppressionReason,
} from "./account-state.ts";
import type { MailboxEnd, Mailboxes } from "./decide-outcome.ts";
import { openJournal } from "./journal.ts";
import type { MailRecord } from "./mail-record.ts";
import { type PlannedEvent, planEvents } from "./plan-events.ts";
import { SesError } from "./ses-error.ts";

/** A mail about to be accepted. */
export interface IncomingMail {
  mail: Omit<MailRecord, "emlPath">;
  eml: Buffer;
}

/** All mails and what is known of addresses: `journal.jsonl` and `mails/ID.eml` in one directory. */
export interface MailStore {
  mailboxes: Mailboxes;
  /** Keeps mails and the events owed for them; when it is back, a kill loses neither. */
  accept(incoming: IncomingMail[]): void;
  /** In the order they were accepted. */
  mails(): MailRecord[];
  find(messageId: string): MailRecord | undefined;
  /** Events not yet handled, in their order. */
  owed(messageId: string): PlannedEvent[];
  mailsWithOwedEvents(): string[];
  markHandled(eventId: string): void;
  closeMailbox(address: string, closesWith: MailboxEnd): void;
  suppressions(): Suppression[];
  suppress(address: string, reason: SuppressionReason, at: string): void;
  unsuppress(address: string): boolean;
  close(): void;
}

/** Opens the mails of a directory, which is made if need be. */
export function openMailStore(directory: string): MailStore {
  const mailDirectory = join(directory, "mails");
  mkdirSync(mailDirectory, { recursive: true });
  const emlPath = (messageId: string) => join(mailDirectory, `${messageId}.eml`);
  const withPath = (mail: Omit<MailRecord, "emlPath">) => ({ ...mail, emlPath: emlPath(mail.messageId) });

  const journal = openJournal<JournalEntry>(join(directory, "journal.jsonl"));
  const state = createAccountState();
  journal.entries.forEach(state.apply);
  let open = true;
  // A call that a fault held up may come back after the end, when the files may be another server's.
  const refuseIfClosed = () => {
    if (!open) throw new SesError(503, "ServiceUnavailableException", "The server is closed.");
  };
  const keep = (entries: JournalEntry[]) => {
    refuseIfClosed();
    journal.append(entries);
    entries.forEach(state.apply);
  };

  return {
    mailboxes: state,
    accept(incoming) {
      refuseIfClosed();
      // The file first: a file without a line is rubbish, a line without its file a lie.
      for (const { mail, eml } of incoming) writeFileSync(emlPath(mail.messageId), eml);
      keep(incoming.map(({ mail }) => ({ kind: "accepted", mail, events: planEvents(mail) })));
    },
    mails: () => [...state.mails.values()].map(withPath),
    find(messageId) {
      const mail = state.mails.get(messageId);
      return mail && withPath(mail);
    },
    owed: (messageId) => state.owed.get(messageId) ?? [],
    mailsWithOwedEvents: () => [...state.owed.keys()],
    markHandled: (eventId) => keep([{ kind: "handled", eventId }]),
    closeMailbox: (address, closesWith) =>
      keep([{ kind: "mailbox", address: address.toLowerCase(), closesWith }]),
    suppressions: () => [...state.suppressions.values()],
    suppress: (address, reason, at) =>
      keep([{ kind: "suppressed", address: address.toLowerCase(), reason, at }]),
    unsuppress(address) {
      const listed = state.isSuppressed(address.toLowerCase());
      if (listed) keep([{ kind: "unsuppressed", address: address.toLowerCase() }]);
      return listed;
    },
    close() {
      open = false;
      journal.close();
    },
  };
}
