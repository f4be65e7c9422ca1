import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Limit, Limits, Rates } from "../../core/limit/limit-ports.ts";
import { type Instant, toMilliseconds } from "../../core/time/instant.ts";
import { conditional, rowVersion, type Table } from "./table.ts";

/** Spent spans that are remembered, so that a flood that is refused already costs no write. */
const mostRemembered = 10_000;

/** A row that counts for each name and span; gone a span after it ends. */
export function dynamoLimits(table: Table): Limits & Rates {
  const spent = new Set<string>();
  const isSpent: Limits["isSpent"] = (name, limit, now) => spent.has(remembered(name, limit, now));
  const spend: Rates["spend"] = async (name, limit, now) => {
    if (isSpent(name, limit, now)) return undefined;
    const { most, seconds } = limit;
    const span = spanOf(limit, now);
    let spentNow = 0;
    const taken = await conditional(async () => {
      const { Attributes } = await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: { pk: `LIMIT#${name}`, sk: sortKey(limit, now) },
          UpdateExpression: "SET #expiresAt = :expiresAt, #v = :v ADD #taken :one",
          ConditionExpression: "attribute_not_exists(#taken) OR #taken < :most",
          ExpressionAttributeNames: { "#taken": "taken", "#expiresAt": "expiresAt", "#v": "v" },
          ExpressionAttributeValues: {
            ":one": 1,
            ":most": most,
            ":v": rowVersion,
            ":expiresAt": (span + 2) * seconds,
          },
          ReturnValues: "UPDATED_NEW",
        }),
      );
      spentNow = Number(Attributes?.taken);
    });
    if (taken) return most - spentNow;
    if (spent.size >= mostRemembered) spent.clear();
    spent.add(remembered(name, limit, now));
    return undefined;
  };
  return {
    isSpent,
    spend,
    take: async (name, limit, now) => (await spend(name, limit, now)) !== undefined,
  };
}

function spanOf({ seconds }: Limit, now: Instant): number {
  return Math.floor(toMilliseconds(now) / 1000 / seconds);
}

function sortKey(limit: Limit, now: Instant): string {
  return `SPAN#${limit.seconds}#${spanOf(limit, now)}`;
}

function remembered(name: string, limit: Limit, now: Instant): string {
  return `${name} ${sortKey(limit, now)}`;
}
