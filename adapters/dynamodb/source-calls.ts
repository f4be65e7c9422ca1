import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { isRefused, SourceCall } from "../../core/source/source-call.ts";
import type { SourceCalls } from "../../core/source/source-ports.ts";
import { type Instant, toMilliseconds } from "../../core/time/instant.ts";
import { calling, putRow, type Table } from "./table.ts";

const keptSeconds = 30 * 86_400;
const refusedPerMinute = 60;
const prefix = "CALL#";

/** A row for each call, gone after thirty days. Each process counts for itself which refused ones it still keeps. */
export function dynamoSourceCalls(table: Table): SourceCalls {
  const refused = new Map<string, { minute: number; count: number }>();
  const hasRoom = (source: string, at: Instant) => {
    const minute = Math.floor(toMilliseconds(at) / 60_000);
    const before = refused.get(source);
    const count = before?.minute === minute ? before.count + 1 : 1;
    refused.set(source, { minute, count });
    return count <= refusedPerMinute;
  };
  return {
    async note(source, call) {
      if (isRefused(call) && !hasRoom(source, call.at)) return;
      const expiresAt = Math.floor(toMilliseconds(call.at) / 1000) + keptSeconds;
      const sk = `${prefix}${call.at}#${call.id}`;
      const row = { pk: partitionOf(source), sk, ...call, expiresAt };
      await putRow(table, row, { when: "attribute_not_exists(#pk)" });
    },
    async newest(source, limit) {
      const { Items = [] } = await calling(() =>
        table.client.send(
          new QueryCommand({
            TableName: table.name,
            KeyConditionExpression: "pk = :pk AND begins_with(sk, :sk)",
            ExpressionAttributeValues: { ":pk": partitionOf(source), ":sk": prefix },
            ConsistentRead: true,
            ScanIndexForward: false,
            Limit: limit,
          }),
        ),
      );
      return Items.map((row) => SourceCall.parse(row));
    },
  };
}

function partitionOf(source: string): string {
  return `SOURCE#${source}`;
}
