import type { GetAccountResponse } from "@aws-sdk/client-sesv2";
import { Hono } from "hono";
import * as z from "zod";
import type { Suppression } from "./account-state.ts";
import { bareAddress } from "./check-addresses.ts";
import { readBody } from "./json-answers.ts";
import type { MailStore } from "./mail-store.ts";
import type { QuotaMeter, SendingQuota } from "./quota.ts";
import { badRequest, SesError } from "./ses-error.ts";

/** What the account calls need. */
export interface AccountDeps {
  store: MailStore;
  quota: SendingQuota;
  meter: QuotaMeter;
  now: () => Date;
}

const addresses = "/v2/email/suppression/addresses";
const Reason = z.enum(["BOUNCE", "COMPLAINT"]);
const PutSuppressed = z.object({ EmailAddress: z.string(), Reason });

/** GetAccount and the account's suppression list. */
export function accountRoutes({ store, quota, meter, now }: AccountDeps): Hono {
  return new Hono()
    .get("/v2/email/account", (c) => c.json(account(quota, meter)))
    .put(addresses, async (c) => {
      const { EmailAddress, Reason } = await readBody(c.req.raw, PutSuppressed);
      store.suppress(bareAddress(EmailAddress), Reason, now().toISOString());
      return c.json({});
    })
    .get(addresses, (c) => {
      const reasons = z.array(Reason).safeParse(c.req.queries("Reason") ?? []);
      if (!reasons.success) throw badRequest("Reason: invalid.");
      const from = readTime(c.req.query("StartDate")) ?? Number.NEGATIVE_INFINITY;
      const until = readTime(c.req.query("EndDate")) ?? Number.POSITIVE_INFINITY;
      const offset = Number(c.req.query("NextToken") ?? 0);
      const size = Number(c.req.query("PageSize") ?? 1000);
      const matching = store.suppressions().filter(({ reason, at }) => {
        const time = Date.parse(at);
        return time >= from && time <= until && (reasons.data.length === 0 || reasons.data.includes(reason));
      });
      const next = offset + size;
      return c.json({
        SuppressedDestinationSummaries: matching.slice(offset, next).map(summary),
        ...(next < matching.length && { NextToken: String(next) }),
      });
    })
    .get(`${addresses}/:address`, (c) => {
      const address = c.req.param("address").toLowerCase();
      const found = store.suppressions().find((suppression) => suppression.address === address);
      if (!found) throw notListed();
      const { messageId } = found;
      return c.json({
        SuppressedDestination: {
          ...summary(found),
          ...(messageId && { Attributes: { MessageId: messageId } }),
        },
      });
    })
    .delete(`${addresses}/:address`, (c) => {
      if (!store.unsuppress(c.req.param("address"))) throw notListed();
      return c.json({});
    });
}

function account(quota: SendingQuota, meter: QuotaMeter): GetAccountResponse {
  return {
    DedicatedIpAutoWarmupEnabled: false,
    EnforcementStatus: "HEALTHY",
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    SendQuota: {
      Max24HourSend: quota.max24HourSend,
      MaxSendRate: quota.maxSendRate,
      SentLast24Hours: meter.sentLast24Hours(),
    },
    SuppressionAttributes: { SuppressedReasons: ["BOUNCE", "COMPLAINT"] },
  };
}

function summary({ address, reason, at }: Suppression) {
  return { EmailAddress: address, Reason: reason, LastUpdateTime: Date.parse(at) / 1000 };
}

function readTime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw badRequest("Not a date.");
  return time;
}

function notListed(): SesError {
  return new SesError(404, "NotFoundException", "The email address is not on your suppression list.");
}
