import { DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { DeliveryKey } from "../../core/delivery/delivery.ts";
import type { Ledger, LedgerQuery } from "../../core/delivery/ledger-ports.ts";
import { calling, type Table } from "./table.ts";

const segments = 4;
/** Rows of one answer: often enough to show how far the search has come. */
const rowsAtOnce = 1000;
/** One read unit is 4 KB read consistently; a scan that need not be costs half. */
const bytesPerUnit = 4096 * 2;

/** The ledger read from end to end, in segments side by side. It finds keys; whoever needs the rows reads those. */
export function dynamoLedger(table: Table, pageSize = rowsAtOnce): Ledger {
  return {
    async estimate() {
      const { Table: told } = await calling(() =>
        table.client.send(new DescribeTableCommand({ TableName: table.name })),
      );
      return {
        rows: told?.ItemCount ?? 0,
        readUnits: Math.ceil((told?.TableSizeBytes ?? 0) / bytesPerUnit),
      };
    },
    async *find(query) {
      const cost = { rows: 0, readUnits: 0 };
      let open = Array.from({ length: segments }, (_, segment): Place => ({ segment }));
      while (open.length > 0) {
        const pages = await Promise.all(open.map((place) => scanPage(table, query, { ...place, pageSize })));
        for (const page of pages) {
          cost.rows += page.rows;
          cost.readUnits += page.readUnits;
        }
        yield { keys: pages.flatMap(({ keys }) => keys), cost: { ...cost } };
        open = pages.flatMap(({ next }) => next ?? []);
      }
    },
  };
}

interface Place {
  segment: number;
  start?: Record<string, unknown>;
}

async function scanPage(
  table: Table,
  { states, mailing }: LedgerQuery,
  { segment, start, pageSize }: Place & { pageSize: number },
) {
  const names = states.map((_, at) => `:state${at}`);
  const answer = await calling(() =>
    table.client.send(
      new ScanCommand({
        TableName: table.name,
        Segment: segment,
        TotalSegments: segments,
        Limit: pageSize,
        ProjectionExpression: "pk, sk",
        FilterExpression: `${mailing ? "sk = :mail" : "begins_with(sk, :mail)"} AND #state IN (${names.join(", ")})`,
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: {
          ":mail": `MAIL#${mailing ?? ""}`,
          ...Object.fromEntries(states.map((state, at) => [`:state${at}`, state])),
        },
        ReturnConsumedCapacity: "TOTAL",
        ...(start && { ExclusiveStartKey: start }),
      }),
    ),
  );
  const { Items = [], ScannedCount = 0, ConsumedCapacity, LastEvaluatedKey } = answer;
  return {
    keys: Items.map(
      ({ pk, sk }): DeliveryKey => ({
        subscriberId: pk.slice("SUB#".length),
        mailing: sk.slice("MAIL#".length),
      }),
    ),
    rows: ScannedCount,
    readUnits: ConsumedCapacity?.CapacityUnits ?? 0,
    ...(LastEvaluatedKey && { next: { segment, start: LastEvaluatedKey } satisfies Place }),
  };
}
