import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Departures } from "../../core/account/account-ports.ts";
import { Subscriber } from "../../core/subscriber/subscriber.ts";
import { suppressionReasons } from "../../core/suppression/suppression.ts";
import { erasedAttribute } from "./delivery-row.ts";
import { calling, type Row, type Table } from "./table.ts";

/** Departures as a table has them, read row by row: for operators, never for a function. */
export function dynamoDepartures(table: Table): Departures {
  return {
    async *suppressions() {
      for await (const row of scan(table, { sk: "SUPPRESS" })) {
        const reason = suppressionReasons.find((one) => one === row.reason) ?? "bounce";
        yield { addressHash: row.pk.slice("SUPPRESS#".length), reason, since: String(row.since) };
      }
    },
    async *subscribers() {
      for await (const row of scan(table, { sk: "PROFILE" })) yield Subscriber.parse(row);
    },
    async *tombstones() {
      for await (const { pk, erasedAt } of scan(table, { sk: "OWNER" })) {
        if (typeof erasedAt === "string") yield { addressHash: pk.slice("ADDR#".length), erasedAt };
      }
    },
    async *erased() {
      for await (const { pk } of scan(table, { sk: "MAIL#", having: erasedAttribute }))
        yield pk.slice("SUB#".length);
    },
  };
}

/** Rows of a sort key; of those that begin with it, the ones that have an attribute. */
async function* scan(table: Table, { sk, having }: { sk: string; having?: string }): AsyncGenerator<Row> {
  for (let start: Record<string, unknown> | undefined, more = true; more; more = start !== undefined) {
    const answer = await calling(() =>
      table.client.send(
        new ScanCommand({
          TableName: table.name,
          FilterExpression: having ? "begins_with(sk, :sk) AND attribute_exists(#having)" : "sk = :sk",
          ...(having && { ExpressionAttributeNames: { "#having": having } }),
          ExpressionAttributeValues: { ":sk": sk },
          ...(start && { ExclusiveStartKey: start }),
        }),
      ),
    );
    yield* (answer.Items ?? []) as Row[];
    start = answer.LastEvaluatedKey;
  }
}
