import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ResourceNotFoundException,
  type TableDescription,
} from "@aws-sdk/client-dynamodb";
import { service } from "../../infra/service.ts";
import { deployCommands } from "../open-environment.ts";
import { advice, blocks, ok, skipped, type Verdict } from "./finding.ts";
import { type DeployedProbe, deployedCheck } from "./probe.ts";

/** The one table: its shape, that its rows expire, and that it can be restored. A restored one has neither. */
export const checkTable = deployedCheck({
  name: "table",
  async run(probe) {
    const { clients, environment, stage } = probe;
    const TableName = environment.TABLE_NAME;
    try {
      const { Table = {} } = await clients.dynamodb.send(new DescribeTableCommand({ TableName }));
      return [...shape(Table, stage), await expiry(probe), await backups(probe)];
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      return [blocks(`the table ${TableName} does not exist`, deployCommands(stage))];
    }
  },
});

function shape(table: TableDescription, stage: string): Verdict[] {
  const { TableName, TableStatus, GlobalSecondaryIndexes = [] } = table;
  const usable = TableStatus === "ACTIVE" || TableStatus === "UPDATING";
  if (!usable) return [blocks(`${TableName} is ${TableStatus}`)];
  const wrong = service.table.indexes.flatMap(({ name, partitionKey, sortKey, projected }) => {
    const index = GlobalSecondaryIndexes.find(({ IndexName }) => IndexName === name);
    if (!index) return [blocks(`the index ${name} is missing`, deployCommands(stage))];
    const keys = index.KeySchema?.map(({ AttributeName }) => AttributeName).join(", ");
    const kept = index.Projection?.NonKeyAttributes ?? [];
    const lacking = projected.filter((attribute) => !kept.includes(attribute));
    if (keys !== `${partitionKey}, ${sortKey}`)
      return [blocks(`the index ${name} has the keys ${keys}`, deployCommands(stage))];
    if (lacking.length > 0 && index.Projection?.ProjectionType !== "ALL")
      return [blocks(`the index ${name} lacks ${lacking.join(", ")}`, deployCommands(stage))];
    return index.IndexStatus === "ACTIVE" ? [] : [blocks(`the index ${name} is ${index.IndexStatus}: wait`)];
  });
  const names = service.table.indexes.map(({ name }) => name).join(", ");
  return wrong.length > 0 ? wrong : [ok(`${TableName} is there, with ${names}`)];
}

async function expiry({ clients, environment, local }: DeployedProbe): Promise<Verdict> {
  if (local) return skipped("no row expires on one machine");
  const { TABLE_NAME } = environment;
  const { timeToLive } = service.table;
  const { TimeToLiveDescription = {} } = await clients.dynamodb.send(
    new DescribeTimeToLiveCommand({ TableName: TABLE_NAME }),
  );
  const { TimeToLiveStatus = "", AttributeName } = TimeToLiveDescription;
  if (/^ENABL/.test(TimeToLiveStatus) && AttributeName === timeToLive)
    return ok(`rows expire by ${timeToLive}`);
  return advice(
    "no row ever expires",
    `aws dynamodb update-time-to-live --table-name ${TABLE_NAME} --time-to-live-specification Enabled=true,AttributeName=${timeToLive}`,
  );
}

async function backups({ clients, environment, local }: DeployedProbe): Promise<Verdict> {
  if (local) return skipped("what one machine holds is backed up by copying its data directory");
  const { TABLE_NAME } = environment;
  const { ContinuousBackupsDescription } = await clients.dynamodb.send(
    new DescribeContinuousBackupsCommand({ TableName: TABLE_NAME }),
  );
  const { PointInTimeRecoveryStatus } = ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
  if (PointInTimeRecoveryStatus === "ENABLED") return ok("it can be restored to any second of 35 days");
  return advice(
    "it cannot be restored: point-in-time recovery is off",
    `aws dynamodb update-continuous-backups --table-name ${TABLE_NAME} --point-in-time-recovery-specification PointInTimeRecoveryEnabled=true`,
  );
}
