import { RemovalPolicy } from "aws-cdk-lib";
import { type Attribute, AttributeType, BillingMode, ProjectionType, Table } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import type { TableSpec } from "../service.ts";
import type { Settings } from "../settings.ts";

/** What others need to know of the table. */
export interface TableNames {
  tableName: string;
  tableArn: string;
}

const key = (name: string): Attribute => ({ name, type: AttributeType.STRING });

/** The one table of the service, or the one that was restored from a backup in its place. */
export function createTable(scope: Construct, spec: TableSpec, settings: Settings): TableNames {
  if (settings.restoredTable) return Table.fromTableName(scope, "Table", settings.restoredTable);
  const table = new Table(scope, "Table", {
    partitionKey: key(spec.partitionKey),
    sortKey: key(spec.sortKey),
    timeToLiveAttribute: spec.timeToLive,
    billingMode: BillingMode.PAY_PER_REQUEST,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: settings.production,
    removalPolicy: settings.production ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  });
  for (const index of spec.indexes)
    table.addGlobalSecondaryIndex({
      indexName: index.name,
      partitionKey: key(index.partitionKey),
      sortKey: key(index.sortKey),
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: index.projected,
    });
  return table;
}
