import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Departures } from "../../core/account/account-ports.ts";
import { Subscriber } from "../../core/subscriber/subscriber.ts";
import { calling, type Row, type Table } from "./table.ts";

/** Departures as a table has them, read row by row: for operators, never for a function. */
export function dynamoDepartures(table: Table): Departures {
  return {
    async *suppressions() {
      for await (const row of scan(table, "SUPPRESS")) {
        const reason = row.reason === "complaint" ? "complaint" : "bounce";
        yield { addressHash: row.pk.slice("SUPPRESS#".length), reason, since: String(row.since) };
      }
    },
    async *subscribers() {
      for await (const row of scan(table, "PROFILE")) yield Subscriber.parse(row);
    },
  };
}

async function* scan(table: Table, sk: string): AsyncGenerator<Row> {
  for (let start: Record<string, unknown> | undefined, more = true; more; more = start !== undefined) {
    const answer = await calling(() =>
      table.client.send(
        new ScanCommand({
          TableName: table.name,
          FilterExpression: "sk = :sk",
          ExpressionAttributeValues: { ":sk": sk },
          ...(start && { ExclusiveStartKey: start }),
        }),
      ),
    );
    yield* (answer.Items ?? []) as Row[];
    start = answer.LastEvaluatedKey;
  }
}
