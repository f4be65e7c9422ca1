import { Hono } from "hono";
import type { SesGuard } from "../grants/ses-guard.ts";
import { accountRoutes } from "./account-routes.ts";
import { configurationSetRoutes } from "./configuration-set-routes.ts";
import type { MailboxEnd } from "./decide-outcome.ts";
import type { FaultScript } from "./fault.ts";
import { type Exchange, listen } from "./http-bridge.ts";
import { inboxRoutes } from "./inbox/inbox-routes.ts";
import { answerToError, errorAnswer } from "./json-answers.ts";
import type { MailRecord } from "./mail-record.ts";
import { openMailStore } from "./mail-store.ts";
import { openOutbox } from "./outbox.ts";
import { createQuotaMeter, type SendingQuota } from "./quota.ts";
import { sendRoutes } from "./send-routes.ts";
import type { SesEventBridgeEvent } from "./ses-event.ts";

/** How a local SES is started. */
export interface LocalSesOptions {
  /** 0 = any free one. */
  port: number;
  /** Where mails and events live. */
  dataDir: string;
  /** Calendar time, which may jump. */
  now: () => Date;
  /** The EventBridge rule's target; an event is handled when the promise resolves, else it comes again. */
  emit: (event: SesEventBridgeEvent) => Promise<void>;
  /** Where its events say that they come from; us-east-1 by default. */
  region?: string;
  quota?: SendingQuota;
  faults?: FaultScript;
  /** Real milliseconds since the epoch. */
  elapsed?: () => number;
  /** Asked about each call of the API; without it, everyone may do everything. */
  guard?: SesGuard | undefined;
  /** Where the empty inbox sends its reader. */
  signupUrl?: string;
}

/** A running local SES. */
export interface LocalSes {
  /** Endpoint of the API and address of the inbox page. */
  url: string;
  /** All accepted mails, oldest first. */
  mails(): MailRecord[];
  /** A recipient's mailbox: from then on its mail ends in this way, in later runs too. */
  mailbox(address: string): { closesWith(end: MailboxEnd): void };
  /** How many events are not handled yet. */
  eventsPending(): number;
  /** Stops at once; events that are still owed are emitted by the next start. */
  close(): Promise<void>;
}

// So much that a demo in fast time is never throttled.
const generousQuota: SendingQuota = { maxSendRate: 500, max24HourSend: 1_000_000 };

/** Starts a server on 127.0.0.1 that speaks SES's API, plays the mailboxes and shows what they received. */
export async function startLocalSes(options: LocalSesOptions): Promise<LocalSes> {
  const { dataDir, now, emit, quota = generousQuota, elapsed = Date.now, faults = () => undefined } = options;
  const store = openMailStore(dataDir);
  const meter = createQuotaMeter(quota, { now, elapsed }, store.mails());

  const app = new Hono<{ Bindings: Exchange }>()
    .use("/v2/*", async (c, next) => {
      const refusal = await options.guard?.(c.req.raw);
      if (refusal) throw refusal;
      await next();
    })
    .route("/", accountRoutes({ store, quota, meter, now }))
    .route("/", configurationSetRoutes())
    .route(
      "/",
      sendRoutes({
        acceptor: { store, meter, now, elapsed },
        faults,
        startEvents: (messageId) => outbox.start(messageId),
      }),
    )
    .route("/", inboxRoutes({ store, ...(options.signupUrl && { signupUrl: options.signupUrl }) }))
    .notFound(() => errorAnswer({ status: 404, errorType: "UnknownOperationException" }))
    .onError(answerToError);

  const listener = await listen(options.port, (request, exchange) => app.fetch(request, exchange));
  const outbox = openOutbox(store, emit, options.region ?? "us-east-1");

  const stop = async () => {
    await listener.close();
    await outbox.close();
    store.close();
  };
  let stopped: Promise<void> | undefined;

  return {
    url: `http://127.0.0.1:${listener.port}`,
    mails: store.mails,
    mailbox: (address) => ({ closesWith: (end) => store.closeMailbox(address, end) }),
    eventsPending: outbox.pending,
    close() {
      stopped ??= stop();
      return stopped;
    },
  };
}
