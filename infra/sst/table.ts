import type { TableSpec } from "../service.ts";
import type { Settings } from "../settings.ts";

/** What functions and policies have to know of the table. */
export interface TableNames {
  name: $util.Output<string>;
  arn: $util.Output<string>;
}

/** The table of the manifest, or the operator's restored one in its place. */
export function createTable(spec: TableSpec, { production, restoredTable }: Settings): TableNames {
  // A look-up, so that SST neither owns the restored table nor mistakes it for its own.
  if (restoredTable) return aws.dynamodb.getTableOutput({ name: restoredTable });
  const keys = [spec, ...spec.indexes].flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]);
  return new sst.aws.Dynamo("Table", {
    fields: Object.fromEntries(keys.map((key) => [key, "string" as const])),
    primaryIndex: { hashKey: spec.partitionKey, rangeKey: spec.sortKey },
    globalIndexes: Object.fromEntries(
      spec.indexes.map(({ name, partitionKey, sortKey, projected }) => [
        name,
        { hashKey: partitionKey, rangeKey: sortKey, projection: projected },
      ]),
    ),
    ttl: spec.timeToLive,
    deletionProtection: production,
    transform: { table: { pointInTimeRecovery: { enabled: true } } },
  });
}
