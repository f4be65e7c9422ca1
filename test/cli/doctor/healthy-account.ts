import { deadLetterOf, namesOf, ruleDeadLetters, service } from "../../../infra/service.ts";
import type { AwsStub } from "../../helpers/aws-stub.ts";
import { keyRing } from "../../helpers/keys.ts";
import { type Parameters, parameterAnswers } from "../../helpers/parameters-stub.ts";

/** What the stubbed account says of a stage that is deployed, and of which nothing is the matter. */
export const stage = "production";
export const domain = "letters.test";
const names = namesOf(service, stage);
export const { environmentParameter } = names;
/** How the stage is deployed. */
export const deploy = "npx sst deploy --stage production   or   npx cdk deploy -c stage=production";
const arn = (queue: string) => `arn:aws:sqs:eu-west-1:123456789012:${queue}`;

/** The operator's settings, and the site's, that go with it. */
export const settings = {
  STEPLETTER_MAIL_DOMAIN: domain,
  STEPLETTER_ALARM_EMAIL: "ops@letters.test",
  STEPLETTER_RECEIPT_RULE_SET: "inbound",
};

/** The environment that the stack has written. */
export function deployedEnvironment(url: string): Record<string, string> {
  return {
    ...Object.fromEntries(Object.keys(service.functions.http.environment).map((name) => [name, "1"])),
    TABLE_NAME: "the-table",
    SEND_NOW_QUEUE_URL: `${url}/123456789012/send-now`,
    SEND_BULK_QUEUE_URL: `${url}/123456789012/send-bulk`,
    FEED_QUEUE_URL: `${url}/123456789012/feeds`,
    PUBLIC_URL: "https://abc.execute-api.eu-west-1.amazonaws.com",
    CONFIGURATION_SET: names.configurationSet,
    KEYS_PARAMETER: names.keysParameter,
    RECEIPT_RULE_SET: "inbound",
    MAIL_DEAD_LETTERS_URL: `${url}/123456789012/receive-leave-dead`,
    AWS_REGION: "eu-west-1",
  };
}

/** Its parameters: the keys and the environment. */
export function deployedParameters(url: string): Parameters {
  return new Map([
    [names.keysParameter, [JSON.stringify(keyRing)]],
    [names.environmentParameter, [JSON.stringify(deployedEnvironment(url))]],
  ]);
}

/** All its answers. */
export function healthyAccount(parameters: Parameters): AwsStub["answers"] {
  return {
    ...parameterAnswers(parameters),
    ...mailAnswers,
    ...eventAnswers,
    ...tableAnswers,
    ...queueAnswers,
    "sts:GetCallerIdentity": {
      Account: "123456789012",
      Arn: "arn:aws:iam::123456789012:user/ops",
      UserId: "A",
    },
    "lambda:GetAccountSettings": { AccountLimit: { UnreservedConcurrentExecutions: 1000 } },
  };
}

export const account = {
  ProductionAccessEnabled: true,
  SendingEnabled: true,
  EnforcementStatus: "HEALTHY",
  SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 100 },
};
export const identity = {
  VerifiedForSendingStatus: true,
  DkimAttributes: { Status: "SUCCESS", SigningEnabled: true, Tokens: ["t1", "t2", "t3"] },
  MailFromAttributes: { MailFromDomain: `mail.${domain}`, MailFromDomainStatus: "SUCCESS" },
};
export const destination = {
  Name: "events",
  Enabled: true,
  MatchingEventTypes: service.mail.events,
  EventBridgeDestination: { EventBusArn: "arn:aws:events:eu-west-1:123456789012:event-bus/default" },
};

const mailAnswers = {
  "ses:GetAccount": account,
  "ses:GetEmailIdentity": identity,
  "ses:GetConfigurationSet": { SendingOptions: { SendingEnabled: true } },
  "ses:GetConfigurationSetEventDestinations": { EventDestinations: [destination] },
  "ses:ListSuppressedDestinations": { SuppressedDestinationSummaries: [] },
};

export const rule = {
  Name: "production-rule",
  State: "ENABLED",
  EventPattern: JSON.stringify({
    source: ["aws.ses"],
    detail: { mail: { tags: { "ses:configuration-set": [names.configurationSet] } } },
  }),
};
export const target = { Id: "1", Arn: arn("events"), DeadLetterConfig: { Arn: arn(ruleDeadLetters) } };

const eventAnswers = {
  // On the second page, as in an account with many rules.
  "events:ListRules": ({ NextToken }: { NextToken?: string }) =>
    NextToken
      ? { Rules: [rule] }
      : { Rules: [{ Name: "other", EventPattern: '{"source":[{"prefix":"aws"}]}' }, {}], NextToken: "2" },
  "events:ListTargetsByRule": { Targets: [target] },
};

const keySchema = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: "HASH" },
  { AttributeName: sort, KeyType: "RANGE" },
];
export const table = {
  TableName: "the-table",
  TableStatus: "ACTIVE",
  GlobalSecondaryIndexes: service.table.indexes.map(({ name, partitionKey, sortKey, projected }) => ({
    IndexName: name,
    IndexStatus: "ACTIVE",
    KeySchema: keySchema(partitionKey, sortKey),
    Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: [...projected] },
  })),
};

const tableAnswers = {
  "dynamodb:DescribeTable": { Table: table },
  "dynamodb:DescribeTimeToLive": {
    TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: service.table.timeToLive },
  },
  "dynamodb:DescribeContinuousBackups": {
    ContinuousBackupsDescription: {
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: "ENABLED" },
    },
  },
  "dynamodb:GetItem": {},
  "dynamodb:Query": { Items: [] },
  "dynamodb:BatchGetItem": { Responses: {}, UnprocessedKeys: {} },
};

/** What a queue that is no dead-letter queue says of itself. */
export function queueAttributes(url: string): Record<string, string> {
  const name = url.split("/").at(-1) ?? "";
  if (name.endsWith("-dead")) return { ApproximateNumberOfMessages: "0" };
  return {
    VisibilityTimeout: "360",
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn(deadLetterOf(name)), maxReceiveCount: 5 }),
  };
}

const queueAnswers = {
  "sqs:GetQueueUrl": ({ QueueName }: { QueueName: string }) => ({
    QueueUrl: `https://sqs.invalid/123456789012/${QueueName}`,
  }),
  "sqs:GetQueueAttributes": ({ QueueUrl }: { QueueUrl: string }) => ({
    Attributes: queueAttributes(QueueUrl),
  }),
};
