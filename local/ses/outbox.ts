import { setTimeout as sleep } from "node:timers/promises";
import { buildEvent } from "./build-event.ts";
import type { MailStore } from "./mail-store.ts";
import type { SesEventBridgeEvent } from "./ses-event.ts";

/** How many mails' events are under way at once. */
const lanes = 32;
const firstPauseMs = 50;
const longestPauseMs = 5000;
const patienceMs = 1000;

/** Emits what is owed: at least once, and the events of one mail in their order. */
export interface Outbox {
  /** Takes up the events of one mail. */
  start(messageId: string): void;
  pending(): number;
  close(): Promise<void>;
}

/** Opens the outbox and takes up everything that an earlier process still owed. */
export function openOutbox(
  store: MailStore,
  emit: (event: SesEventBridgeEvent) => Promise<void>,
  region: string,
): Outbox {
  const waiting: string[] = [];
  const running = new Set<Promise<void>>();
  const nextPauseMs = new Map<string, number>();
  const timers = new Set<NodeJS.Timeout>();
  let open = true;
  let storeClosed = false;

  const start = (messageId: string) => {
    waiting.push(messageId);
    fill();
  };
  const fill = () => {
    while (open && running.size < lanes) {
      const messageId = waiting.shift();
      if (messageId === undefined) return;
      const lane = run(messageId).finally(() => {
        running.delete(lane);
        fill();
      });
      running.add(lane);
    }
  };
  // A mail whose event is refused leaves its lane while it waits, so that it holds up no other mail.
  const run = async (messageId: string) => {
    while (open) {
      const planned = store.owed(messageId)[0];
      const mail = store.find(messageId);
      if (!planned || !mail) return;
      try {
        await emit(buildEvent(mail, planned, region));
      } catch (error) {
        console.warn(`Local SES: ${planned.type} event refused, will be emitted again.`, error);
        retryLater(messageId);
        return;
      }
      if (storeClosed) return;
      store.markHandled(planned.id);
      nextPauseMs.delete(messageId);
    }
  };
  const retryLater = (messageId: string) => {
    if (!open) return;
    const ms = nextPauseMs.get(messageId) ?? firstPauseMs;
    nextPauseMs.set(messageId, Math.min(ms * 2, longestPauseMs));
    const timer = setTimeout(() => {
      timers.delete(timer);
      start(messageId);
    }, ms);
    timers.add(timer);
  };
  store.mailsWithOwedEvents().forEach(start);

  return {
    start,
    pending: () => store.mailsWithOwedEvents().reduce((sum, id) => sum + store.owed(id).length, 0),
    async close() {
      open = false;
      for (const timer of timers) clearTimeout(timer);
      // An emit that hangs must not hold up the end; its event stays owed.
      const patience = new AbortController();
      const outwaited = sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => {});
      await Promise.race([Promise.all(running), outwaited]);
      patience.abort();
      storeClosed = true;
    },
  };
}
