import { DynamoDBClient, PutItemCommand, ScanCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { APIGatewayProxyEventV2, SQSEvent } from "aws-lambda";
import { duePartition } from "../../core/due.ts";
import type { Clock } from "../../core/time/clock.ts";
import { addDays } from "../../core/time/instant.ts";
import type { ServiceManifest } from "../../infra/service.ts";
import type { Environment } from "../../local/environment.ts";
import type { Handler } from "../../local/invoke.ts";
import type { FunctionLoader } from "../../local/load-functions.ts";

const environment = {
  TABLE: { of: "tableName" },
  JOBS: { of: "queueUrl", queue: "jobs" },
  KEYS: { of: "keysParameter" },
} as const;
const queue = { visibilitySeconds: 60, retentionDays: 1, maxReceives: 5 };
const rest = { purpose: "", memoryMb: 128, timeoutSeconds: 20, environment, permissions: [] };

/** A service of four functions: a request makes a person due, who then gets a mail each week, whose events are kept. */
export const smallManifest: ServiceManifest = {
  name: "small",
  table: {
    partitionKey: "pk",
    sortKey: "sk",
    timeToLive: "expiresAt",
    indexes: [{ name: "due", partitionKey: "due", sortKey: "dueAt", projected: ["v"] }],
  },
  queues: { jobs: queue, events: queue },
  mail: { events: ["SEND", "DELIVERY"], eventQueue: "events" },
  lambda: { runtime: "nodejs24.x", architecture: "arm64", logRetentionDays: 1 },
  alarms: {},
  functions: {
    http: {
      ...rest,
      entry: "http",
      triggers: [{ kind: "http" }],
      permissions: [
        { on: "table", actions: ["dynamodb:PutItem"] },
        { on: "keys", actions: ["ssm:GetParameter"] },
      ],
    },
    tick: {
      ...rest,
      entry: "tick",
      triggers: [{ kind: "schedule", expression: "cron(* * * * ? *)", retries: 0 }],
      permissions: [
        { on: "table", actions: ["dynamodb:Scan", "dynamodb:UpdateItem"] },
        { on: "queue/jobs", actions: ["sqs:SendMessage"] },
      ],
    },
    send: {
      ...rest,
      entry: "send",
      triggers: [{ kind: "queue", queue: "jobs", batchSize: 1, maxConcurrency: 2 }],
      permissions: [{ on: "mail", actions: ["ses:SendEmail"] }],
    },
    record: {
      ...rest,
      entry: "record",
      triggers: [{ kind: "queue", queue: "events", batchSize: 10, maxConcurrency: 2 }],
    },
  },
};

/** What the functions saw. */
export interface Seen {
  environments: Map<string, Environment>;
  /** Instants of mails. */
  sent: string[];
  events: string[];
}

/** Loads the functions; `override` replaces some of them. */
export function smallFunctions(override: Record<string, Handler> = {}): { load: FunctionLoader; seen: Seen } {
  const seen: Seen = { environments: new Map(), sent: [], events: [] };
  const load: FunctionLoader = async (entry, environment, clock) => {
    seen.environments.set(entry, environment);
    const handler = handlers[entry];
    if (!handler) throw new Error(`No handler ${entry}`);
    const world = { aws: clients(environment), environment, clock, seen };
    return override[entry] ?? ((event) => handler.call(world, event as never));
  };
  return { load, seen };
}

interface World {
  aws: ReturnType<typeof clients>;
  environment: Environment;
  clock: Clock;
  seen: Seen;
}

const handlers: Record<string, (this: World, event: never) => Promise<unknown>> = {
  async http({ rawPath }: APIGatewayProxyEventV2) {
    const { Parameter } = await this.aws.ssm.send(new GetParameterCommand({ Name: this.environment.KEYS }));
    const Item = {
      ...person(rawPath),
      due: { S: duePartition("course", rawPath) },
      dueAt: { S: this.clock.now() },
    };
    await this.aws.dynamodb.send(new PutItemCommand({ TableName: this.environment.TABLE, Item }));
    return { statusCode: 201, body: `kid ${JSON.parse(Parameter?.Value ?? "{}").tokens[0].kid}` };
  },
  async tick() {
    const { Items = [] } = await this.aws.dynamodb.send(
      new ScanCommand({ TableName: this.environment.TABLE }),
    );
    for (const { pk, dueAt } of Items) {
      if (!dueAt?.S || dueAt.S > this.clock.now()) continue;
      await this.aws.sqs.send(
        new SendMessageCommand({ QueueUrl: this.environment.JOBS, MessageBody: pk?.S }),
      );
      await this.aws.dynamodb.send(
        new UpdateItemCommand({
          TableName: this.environment.TABLE,
          Key: person(pk?.S ?? ""),
          UpdateExpression: "SET dueAt = :next",
          ExpressionAttributeValues: { ":next": { S: addDays(dueAt.S, 7) } },
        }),
      );
    }
  },
  async send({ Records }: SQSEvent) {
    for (const { body } of Records) {
      this.seen.sent.push(this.clock.now());
      await this.aws.ses.send(
        new SendEmailCommand({
          FromEmailAddress: "us@example.org",
          ConfigurationSetName: "small-local",
          Destination: { ToAddresses: [`person${body.replaceAll("/", "-")}@example.org`] },
          Content: { Simple: { Subject: { Data: "Hello" }, Body: { Text: { Data: "Hello" } } } },
        }),
      );
    }
  },
  async record({ Records }: SQSEvent) {
    for (const { body } of Records) this.seen.events.push(JSON.parse(body)["detail-type"]);
  },
};

function person(pk: string) {
  return { pk: { S: pk }, sk: { S: "PERSON" } };
}

/** Clients of what an environment names, under its key. */
export function clients(environment: Environment) {
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = environment;
  const shared = { region: "us-east-1", credentials: { accessKeyId, secretAccessKey } };
  const at = (service: string) => ({ ...shared, endpoint: environment[`AWS_ENDPOINT_URL_${service}`] ?? "" });
  return {
    dynamodb: new DynamoDBClient(at("DYNAMODB")),
    sqs: new SQSClient(at("SQS")),
    ssm: new SSMClient(at("SSM")),
    ses: new SESv2Client(at("SESV2")),
  };
}
