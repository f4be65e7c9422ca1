import type { QueueFacts, TableFacts } from "../facts.ts";
import type { OpenTemplate } from "./open-template.ts";
import { accessOf } from "./policies.ts";
import { type Raw, record, same } from "./watch.ts";

/** The queues, each with what its policy says. */
export function queuesOf({ all }: OpenTemplate): Record<string, QueueFacts> {
  const policies = record(
    all("AWS::SQS::QueuePolicy").flatMap(({ properties }) =>
      properties.Queues.map((url: string) => [url, properties.PolicyDocument]),
    ),
  );
  const sending = ["sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"];
  return record(
    all("AWS::SQS::Queue").map(({ id, name, properties, retained }) => {
      const { RedrivePolicy } = properties;
      const policy: Raw = policies[`<queueUrl ${name}>`];
      same(retained, false, `${id}: whether it outlives the stack`);
      return [
        name,
        {
          visibilitySeconds: properties.VisibilityTimeout,
          retentionDays: properties.MessageRetentionPeriod / 86_400,
          redrive: RedrivePolicy && {
            to: RedrivePolicy.deadLetterTargetArn.replace("queue/", ""),
            maxReceives: RedrivePolicy.maxReceiveCount,
          },
          encrypted: properties.SqsManagedSseEnabled,
          ...(policy
            ? accessOf(policy, `queue/${name}`, sending, "sqs:*")
            : { requiresTls: false, senders: [] }),
        },
      ];
    }),
  );
}

/** The table with its keys and indexes. */
export function tableOf({ one }: OpenTemplate): TableFacts {
  const { id, properties, retained } = one("AWS::DynamoDB::Table");
  const timeToLive = properties.TimeToLiveSpecification;
  same(timeToLive.Enabled, true, `${id}: time to live`);
  return {
    keys: keysOf(properties.KeySchema, id),
    attributes: record(
      properties.AttributeDefinitions.map((each: Raw) => [each.AttributeName, each.AttributeType]),
    ),
    indexes: record(
      properties.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }: Raw) => {
        same(Projection.ProjectionType, "INCLUDE", `${id}: what ${IndexName} projects`);
        return [IndexName, { ...keysOf(KeySchema, id), projected: [...Projection.NonKeyAttributes].sort() }];
      }),
    ),
    timeToLive: timeToLive.AttributeName,
    pointInTimeRecovery: properties.PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled,
    billing: properties.BillingMode,
    deletionProtection: properties.DeletionProtectionEnabled,
    retained,
  };
}

function keysOf([partition, sort, ...others]: Raw, where: string): TableFacts["keys"] {
  same([partition.KeyType, sort.KeyType, others], ["HASH", "RANGE", []], `${where}: the types of its keys`);
  return { partition: partition.AttributeName, sort: sort.AttributeName };
}
