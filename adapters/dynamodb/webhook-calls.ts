import { createHash } from "node:crypto";
import { type Instant, toMilliseconds } from "../../core/time/instant.ts";
import type { CallKey, WebhookCalls } from "../../core/webhook/webhook-ports.ts";
import { getRow, putRow, type Table } from "./table.ts";

/** Longer than a body may be repeated under its signature. */
const keptSeconds = 7 * 86_400;

/** Calls of webhooks. DynamoDB deletes what has expired within days, so its time is looked at besides. */
export function dynamoWebhookCalls(table: Table): WebhookCalls {
  return {
    async has(call, now) {
      const row = await getRow(table, keyOf(call));
      return row !== undefined && Number(row.expiresAt) > secondsOf(now);
    },
    remember: (call, now) =>
      putRow(
        table,
        { ...keyOf(call), at: now, expiresAt: secondsOf(now) + keptSeconds },
        { when: "attribute_not_exists(#pk) OR #expiresAt <= :now", values: { now: secondsOf(now) } },
      ),
  };
}

/** An id is the other site's, and may be anything of the payload, even an address. */
function keyOf({ source, id }: CallKey) {
  return { pk: `HOOK#${source}`, sk: `CALL#${createHash("sha256").update(id).digest("base64url")}` };
}

function secondsOf(instant: Instant): number {
  return Math.floor(toMilliseconds(instant) / 1000);
}
