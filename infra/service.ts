/**
 * The service manifest: everything that is deployed, as plain data. The local runtime reads it, and so does
 * every rendering for AWS, so nothing about a function, queue or schedule is written down twice.
 * This file imports nothing.
 */

export interface ServiceManifest {
  name: string;
  table: TableSpec;
  queues: Record<string, QueueSpec>;
  /** SES configuration set whose events an EventBridge rule puts on a queue. */
  mail: { configurationSet: string; events: SesEventType[]; eventQueue: string };
  /** SSM SecureString that holds token and hash keys; written by an operator, never by the stack. */
  keysParameter: string;
  functions: Record<string, FunctionSpec>;
}

export interface TableSpec {
  partitionKey: string;
  sortKey: string;
  timeToLive: string;
  indexes: { name: string; partitionKey: string; sortKey: string; projected: string[] }[];
}

export interface QueueSpec {
  visibilitySeconds: number;
  retentionDays: number;
  /** Receives before a message moves to the dead-letter queue `NAME-dead`. */
  maxReceives: number;
}

export interface FunctionSpec {
  /** Module whose export `handler` Lambda runs. */
  entry: string;
  purpose: string;
  memoryMb: number;
  timeoutSeconds: number;
  triggers: Trigger[];
  environment: Record<string, EnvironmentValue>;
  permissions: Permission[];
}

export type Trigger =
  | { kind: "http" }
  | { kind: "schedule"; expression: string }
  | { kind: "queue"; queue: string; batchSize: number; maxConcurrency: number };

/** A literal, or a name that each rendering fills in with what it created. */
export type EnvironmentValue =
  | string
  | { of: "tableName" | "publicUrl" | "configurationSet" | "keysParameter" }
  | { of: "queueUrl"; queue: string };

export interface Permission {
  on: "table" | "table/due" | "table/roster" | "table/news" | "mail" | "keys" | `queue/${string}`;
  actions: string[];
  /** Only rows whose partition key begins so: a condition on `dynamodb:LeadingKeys`. */
  rowsOf?: string;
}

export type SesEventType =
  | "SEND"
  | "DELIVERY"
  | "BOUNCE"
  | "COMPLAINT"
  | "REJECT"
  | "RENDERING_FAILURE"
  | "DELIVERY_DELAY";

/**
 * How long things may take, each inside the next, so that a step that hangs is always noticed by the one
 * around it: SES call < function < lease on a packet < queue visibility.
 */
export const timing = {
  sesTimeoutSeconds: 15,
  /** No new SES call is begun this long after a packet was taken: one more call still ends in time. */
  workSeconds: 40,
  functionTimeoutSeconds: 60,
  leaseSeconds: 90,
  visibilitySeconds: 360,
} as const;

const environment: Record<string, EnvironmentValue> = {
  TABLE_NAME: { of: "tableName" },
  SEND_NOW_QUEUE_URL: { of: "queueUrl", queue: "send-now" },
  SEND_BULK_QUEUE_URL: { of: "queueUrl", queue: "send-bulk" },
  FEED_QUEUE_URL: { of: "queueUrl", queue: "feeds" },
  PUBLIC_URL: { of: "publicUrl" },
  CONFIGURATION_SET: { of: "configurationSet" },
  KEYS_PARAMETER: { of: "keysParameter" },
  SES_TIMEOUT_SECONDS: String(timing.sesTimeoutSeconds),
  WORK_SECONDS: String(timing.workSeconds),
  LEASE_SECONDS: String(timing.leaseSeconds),
};

const queue: QueueSpec = { visibilitySeconds: timing.visibilitySeconds, retentionDays: 14, maxReceives: 5 };

export const service = {
  name: "stepletter",

  table: {
    partitionKey: "pk",
    sortKey: "sk",
    timeToLive: "expiresAt",
    indexes: [
      {
        // Sparse: a row stands in it only while something is to be done for it.
        name: "due",
        partitionKey: "due",
        sortKey: "dueAt",
        projected: ["v", "run", "step", "previous", "lane", "attempt", "edition"],
      },
      {
        // Sparse: everyone who has joined a list.
        name: "roster",
        partitionKey: "roster",
        sortKey: "pk",
        projected: ["v", "lists", "suppressed"],
      },
      {
        // Sparse: what the feeds brought, by the edition of the digest that it belongs to.
        name: "news",
        partitionKey: "news",
        sortKey: "newsAt",
        projected: ["v", "title", "url", "summary", "topic", "source", "publishedAt"],
      },
    ],
  },

  queues: {
    "send-now": queue,
    "send-bulk": queue,
    "ses-events": queue,
    feeds: queue,
  },

  mail: {
    configurationSet: "stepletter",
    events: ["SEND", "DELIVERY", "BOUNCE", "COMPLAINT", "REJECT", "RENDERING_FAILURE", "DELIVERY_DELAY"],
    eventQueue: "ses-events",
  },

  keysParameter: "/stepletter/keys",

  functions: {
    http: {
      entry: "functions/http/handler.ts",
      purpose: "Pages and forms of subscribers, and webhooks of sites",
      memoryMb: 512,
      timeoutSeconds: 20,
      triggers: [{ kind: "http" }],
      environment,
      permissions: [
        {
          on: "table",
          actions: [
            "dynamodb:GetItem",
            "dynamodb:BatchGetItem",
            "dynamodb:Query",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
          ],
        },
        { on: "queue/send-now", actions: ["sqs:SendMessage"] },
        { on: "keys", actions: ["ssm:GetParameter"] },
      ],
    },
    dispatch: {
      entry: "functions/schedule/dispatch.ts",
      purpose: "Turns what is due into packets and rings for every open one",
      memoryMb: 512,
      timeoutSeconds: timing.functionTimeoutSeconds,
      triggers: [{ kind: "schedule", expression: "cron(* * * * ? *)" }],
      environment,
      permissions: [
        {
          on: "table",
          actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
        },
        { on: "table/due", actions: ["dynamodb:Query"] },
        { on: "table/roster", actions: ["dynamodb:Query"] },
        { on: "table/news", actions: ["dynamodb:Query"] },
        { on: "queue/send-now", actions: ["sqs:SendMessage"] },
        { on: "queue/send-bulk", actions: ["sqs:SendMessage"] },
      ],
    },
    "send-packet": {
      entry: "functions/queue/send-packet.ts",
      purpose: "Claims, renders and sends one packet of mails",
      memoryMb: 1024,
      timeoutSeconds: timing.functionTimeoutSeconds,
      triggers: [
        { kind: "queue", queue: "send-now", batchSize: 1, maxConcurrency: 2 },
        { kind: "queue", queue: "send-bulk", batchSize: 1, maxConcurrency: 2 },
      ],
      environment,
      permissions: [
        {
          on: "table",
          actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
        },
        { on: "table/news", actions: ["dynamodb:Query"] },
        { on: "mail", actions: ["ses:SendEmail"] },
        { on: "keys", actions: ["ssm:GetParameter"] },
      ],
    },
    "poll-feeds": {
      entry: "functions/schedule/poll-feeds.ts",
      purpose: "Asks for every feed whose time has come",
      memoryMb: 256,
      timeoutSeconds: timing.functionTimeoutSeconds,
      triggers: [{ kind: "schedule", expression: "cron(0/15 * * * ? *)" }],
      environment,
      permissions: [
        { on: "table", actions: ["dynamodb:BatchGetItem"] },
        { on: "queue/feeds", actions: ["sqs:SendMessage"] },
      ],
    },
    // It reads what strangers send, so it can neither send mail nor read a key, and no row but those of feeds.
    "poll-feed": {
      entry: "functions/queue/poll-feed.ts",
      purpose: "Fetches one feed and keeps what is new in it",
      memoryMb: 512,
      timeoutSeconds: timing.functionTimeoutSeconds,
      triggers: [{ kind: "queue", queue: "feeds", batchSize: 1, maxConcurrency: 2 }],
      environment,
      permissions: [{ on: "table", actions: ["dynamodb:GetItem", "dynamodb:PutItem"], rowsOf: "FEED#" }],
    },
    "record-events": {
      entry: "functions/queue/record-events.ts",
      purpose: "Keeps what became of each mail; bounces and complaints suppress",
      memoryMb: 256,
      timeoutSeconds: timing.functionTimeoutSeconds,
      triggers: [{ kind: "queue", queue: "ses-events", batchSize: 10, maxConcurrency: 2 }],
      environment,
      permissions: [
        { on: "table", actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"] },
      ],
    },
  },
} as const satisfies ServiceManifest;

/** Name of the dead-letter queue that stands behind a queue. */
export function deadLetterOf(queueName: string): string {
  return `${queueName}-dead`;
}
