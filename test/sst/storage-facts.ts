import type { QueueFacts, TableFacts } from "../infra/facts.ts";
import type { Graph, Registered } from "./graph.ts";
import { accessBy } from "./policy-facts.ts";
import { byName, expectRest, type GraphReader, queueName } from "./read-graph.ts";

/** All queues of a graph, by name. */
export function queueFacts(reader: GraphReader): Record<string, QueueFacts> {
  return byName(
    reader.all("aws:sqs/queue:Queue").map((queue) => [queueName(queue.name), oneQueue(queue, reader)]),
  );
}

function oneQueue(queue: Registered, reader: GraphReader): QueueFacts {
  const { visibilityTimeoutSeconds, messageRetentionSeconds, redrivePolicy, ...others } = queue.inputs;
  const { sqsManagedSseEnabled, name: _name, ...rest } = others;
  expectRest(queue, rest, { fifoQueue: false, contentBasedDeduplication: false, delaySeconds: 0 });
  const [policy, ...more] = reader.all("aws:sqs/queuePolicy:QueuePolicy", "queueUrl", queue.state.url);
  expectRest(queue, more, []);
  // SST always says it, be it only what SQS takes anyway.
  if (visibilityTimeoutSeconds === undefined) throw new Error(`${queue.name} has no visibility timeout`);
  if (policy) {
    const { policy: _policy, queueUrl: _queueUrl, ...restOfPolicy } = policy.inputs;
    expectRest(policy, restOfPolicy, {});
  }
  const actions = { refused: "sqs:*", allowed: "sqs:SendMessage" };
  return {
    // Nobody receives from a dead-letter queue, and so SQS's own default stands.
    visibilitySeconds: visibilityTimeoutSeconds === 30 ? undefined : visibilityTimeoutSeconds,
    retentionDays: messageRetentionSeconds / (24 * 60 * 60),
    redrive: redrivePolicy && redriveOf(queue, redrivePolicy, reader),
    encrypted: sqsManagedSseEnabled === true,
    ...(policy ? accessBy(policy, queue.state.arn, actions, reader) : { requiresTls: false, senders: [] }),
  };
}

function redriveOf(queue: Registered, redrivePolicy: string, reader: GraphReader) {
  const { deadLetterTargetArn, maxReceiveCount, ...rest } = JSON.parse(redrivePolicy);
  expectRest(queue, rest, {});
  return { to: reader.token(deadLetterTargetArn).replace("queue/", ""), maxReceives: maxReceiveCount };
}

/** The table that a graph creates, or the name of the one that it looks up. */
export function tableFacts({ calls }: Graph, reader: GraphReader): TableFacts | { restored: string } {
  const looked = calls.find(({ token }) => token === "aws:dynamodb/getTable:getTable");
  if (looked && reader.all("aws:dynamodb/table:Table").length === 0)
    return { restored: String(looked.inputs.name) };
  const table = reader.one("aws:dynamodb/table:Table");
  const { hashKey, rangeKey, attributes, globalSecondaryIndexes, billingMode, ...others } = table.inputs;
  const { pointInTimeRecovery, ttl, deletionProtectionEnabled, name: _name, ...rest } = others;
  const { attributeName, ...restOfTtl } = ttl;
  expectRest(
    table,
    { ...rest, restOfTtl },
    { localSecondaryIndexes: [], streamEnabled: false, restOfTtl: { enabled: true } },
  );
  const { enabled, ...restOfRecovery } = pointInTimeRecovery;
  expectRest(table, restOfRecovery, {});
  return {
    keys: { partition: hashKey, sort: rangeKey },
    attributes: byName(
      attributes.map(({ name, type, ...unknown }: Record<string, string>) => {
        expectRest(table, unknown, {});
        return [name, type];
      }),
    ),
    indexes: byName(globalSecondaryIndexes.map((index: Record<string, unknown>) => oneIndex(table, index))),
    timeToLive: attributeName,
    pointInTimeRecovery: enabled,
    billing: billingMode,
    deletionProtection: deletionProtectionEnabled,
    retained: table.retainOnDelete,
  };
}

function oneIndex(table: Registered, index: Record<string, unknown>) {
  const { name, hashKey, rangeKey, nonKeyAttributes, ...rest } = index;
  expectRest(table, rest, { projectionType: "INCLUDE" });
  return [
    name,
    { partition: hashKey, sort: rangeKey, projected: [...(nonKeyAttributes as string[])].sort() },
  ];
}
