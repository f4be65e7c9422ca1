import { setTimeout as sleep } from "node:timers/promises";
import type { BulkEmailEntryResult } from "@aws-sdk/client-sesv2";
import { Hono } from "hono";
import { type Acceptance, type Acceptor, acceptMails } from "./accept-mails.ts";
import type { Draft } from "./draft.ts";
import { draftBulk } from "./draft-bulk.ts";
import { draftEmail } from "./draft-email.ts";
import type { Fault, FaultAnswer, FaultScript } from "./fault.ts";
import type { Exchange } from "./http-bridge.ts";
import { errorAnswer, readBody } from "./json-answers.ts";
import type { SendOperation } from "./mail-record.ts";
import { SendBulkEmailRequest, SendEmailRequest } from "./request-schemas.ts";
import { badRequest, SesError } from "./ses-error.ts";

const maxTemplatedBytes = 1024 * 1024;

/** What the send calls need. */
export interface SendDeps {
  acceptor: Acceptor;
  faults: FaultScript;
  /** Takes up the events of an accepted mail. */
  startEvents: (messageId: string) => void;
}

/** SendEmail and SendBulkEmail. */
export function sendRoutes(deps: SendDeps): Hono<{ Bindings: Exchange }> {
  const send = sender(deps);
  return new Hono<{ Bindings: Exchange }>()
    .post("/v2/email/outbound-emails", async (c) => {
      const body = await readBody(c.req.raw, SendEmailRequest);
      if (body.Content.Template) refuseLarge(c.req.header("content-length"));
      return send(c.env, "SendEmail", [draftEmail(body)], ([result]) => {
        if (result?.status === "accepted") return { MessageId: result.messageId };
        throw throttled(result?.status === "day-exceeded");
      });
    })
    .post("/v2/email/outbound-bulk-emails", async (c) => {
      refuseLarge(c.req.header("content-length"));
      const body = await readBody(c.req.raw, SendBulkEmailRequest);
      return send(c.env, "SendBulkEmail", draftBulk(body), (results) => {
        const limited = results.filter(({ status }) => status.endsWith("-exceeded"));
        if (limited.length > 0 && !results.some(({ status }) => status === "accepted")) {
          throw throttled(limited[0]?.status === "day-exceeded");
        }
        return { BulkEmailEntryResults: results.map(entryResult) };
      });
    });
}

type EntryOutcome = Acceptance | { status: "refused"; result: BulkEmailEntryResult };

function sender({ acceptor, faults, startEvents }: SendDeps) {
  let count = 0;
  return async (
    exchange: Exchange,
    operation: SendOperation,
    drafts: (Draft | SesError)[],
    answer: (results: EntryOutcome[]) => object,
  ): Promise<Response> => {
    count += 1;
    const fault: Fault = faults({ operation, nth: count, mails: drafts.map(described) }) ?? {};
    if (fault.delayBeforeMs) await sleep(fault.delayBeforeMs, undefined, { ref: false });
    if (fault.before !== undefined) return faultAnswer(exchange, fault.before);

    const refusals = drafts.map((draft, index) => refusalOf(draft, fault.entries?.[index]));
    const accepted = await acceptMails(
      acceptor,
      drafts.filter((draft, index): draft is Draft => !(draft instanceof SesError) && !refusals[index]),
    );
    for (const result of accepted) {
      if (result.status === "accepted") exchange.afterAnswer.push(() => startEvents(result.messageId));
    }
    const results = refusals.flatMap((refusal): EntryOutcome[] => {
      const result = refusal ? { status: "refused" as const, result: refusal } : accepted.shift();
      return result ? [result] : [];
    });
    const rightAnswer = answer(results);
    if (fault.delayAfterMs) await sleep(fault.delayAfterMs, undefined, { ref: false });
    return fault.after === undefined ? Response.json(rightAnswer) : faultAnswer(exchange, fault.after);
  };
}

function described(draft: Draft | SesError) {
  if (draft instanceof SesError) return { recipients: [], tags: {} };
  return { recipients: [...draft.to, ...draft.cc, ...draft.bcc], tags: draft.tags };
}

function refusalOf(
  draft: Draft | SesError,
  scripted: { status: BulkEmailEntryResult["Status"]; error?: string } | undefined,
): BulkEmailEntryResult | undefined {
  if (scripted) return { Status: scripted.status, Error: scripted.error ?? "Scripted fault." };
  if (!(draft instanceof SesError)) return undefined;
  return { Status: "INVALID_PARAMETER", Error: draft.message };
}

function entryResult(outcome: EntryOutcome): BulkEmailEntryResult {
  switch (outcome.status) {
    case "accepted":
      return { Status: "SUCCESS", MessageId: outcome.messageId };
    case "refused":
      return outcome.result;
    case "rate-exceeded":
      return { Status: "ACCOUNT_THROTTLED", Error: throttled(false).message };
    case "day-exceeded":
      return { Status: "ACCOUNT_DAILY_QUOTA_EXCEEDED", Error: throttled(true).message };
  }
}

function throttled(byDay: boolean): SesError {
  const message = byDay ? "Daily message quota exceeded." : "Maximum sending rate exceeded.";
  return new SesError(429, "TooManyRequestsException", message);
}

function faultAnswer(exchange: Exchange, fault: FaultAnswer | "hang" | "drop"): Response {
  if (typeof fault === "object") return errorAnswer(fault);
  exchange.connection = fault;
  return new Response();
}

// Inline templates travel in the request, which SES limits to 1 MB.
function refuseLarge(contentLength: string | undefined): void {
  if (Number(contentLength) > maxTemplatedBytes) throw badRequest("The request is larger than 1 MB.");
}
