/**
 * The service manifest: everything that is deployed, as plain data. The local runtime reads it, and so does
 * every rendering for AWS, so nothing about a function, queue or schedule is written down twice.
 * This file imports nothing.
 */

export interface ServiceManifest {
  name: string;
  /** What all functions have in common. */
  lambda: { runtime: "nodejs24.x"; architecture: "arm64"; logRetentionDays: number };
  table: TableSpec;
  queues: Record<string, QueueSpec>;
  /** Which of SES's events an EventBridge rule for our configuration set puts on which queue. */
  mail: { events: SesEventType[]; eventQueue: string };
  functions: Record<string, FunctionSpec>;
  /** Each goes to a topic that the operator's address subscribes to; docs/runbook.md has a section of the same name. */
  alarms: Record<string, AlarmSpec>;
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
  /** Requests to the HTTP API: to these paths, in API Gateway's notation; or, without any, all that no other function has. */
  | { kind: "http"; paths?: string[] }
  /** Scheduler's retries would pile up behind a failure; the next tick does the work. */
  | { kind: "schedule"; expression: string; retries: 0 }
  | { kind: "queue"; queue: string; batchSize: number; maxConcurrency: number }
  /**
   * SES's receipt rule for the unsubscribe mailbox, where the operator receives by SES; elsewhere the function is not
   * deployed. SES does not wait: Lambda itself tries again, then puts the event on `NAME-dead`.
   */
  | { kind: "mail"; retries: 2; patienceHours: number; retentionDays: number };

/** A literal, or a name that each rendering fills in with what it created. */
export type EnvironmentValue =
  | string
  | { of: "tableName" | "publicUrl" | "configurationSet" | "keysParameter" | "metricsNamespace" }
  | { of: "queueUrl"; queue: string };

/** Rings when the statistic is above `over` in each of `periods` successive periods. */
export interface AlarmSpec {
  meaning: string;
  metric: MetricSource;
  statistic: "Maximum" | "Sum";
  periodMinutes: number;
  periods: number;
  over: number;
  /** What silence means: that all is well, or that whatever should have spoken is dead. */
  silence: "well" | "alarm";
  /** The function that alone makes it ring: where it is not deployed, neither is the alarm. */
  about?: string;
}

export type MetricSource =
  /** Ours, written by the functions into their log; see functions/edge/metrics.ts. */
  | { of: "service"; name: ServiceMetric }
  /** Messages that wait in a queue, or in the dead-letter queue of one, of the event rule, or of a function. */
  | { of: "queue"; queue: string }
  /** SES's own rates over the whole account, as fractions. */
  | { of: "account"; name: "Reputation.BounceRate" | "Reputation.ComplaintRate" }
  /** Answers of the HTTP API with a status from 500 on. */
  | { of: "api"; name: "5xx" };

export type ServiceMetric =
  | "DeliveriesFailed"
  | "DeliveriesUnknown"
  | "MailsNotRendered"
  | "DispatchLagSeconds"
  | "DispatchFailures"
  | "OldestPacketSeconds"
  | "StoppedByQuota"
  | "StoppedByPause"
  | "StoppedByIdentity"
  | "StoppedBySetup"
  | "FeedsFailing"
  | "LeaveMailsForged";

export interface Permission {
  /** `account` is SES's account as a whole, whose actions know no resource. */
  on: "table" | "table/due" | "table/roster" | "table/news" | "mail" | "account" | "keys" | `queue/${string}`;
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

/** Takes the SES events that the rule could not put on their queue. */
export const ruleDeadLetters = "ses-rule-dead";

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
  POWERTOOLS_SERVICE_NAME: "stepletter",
  POWERTOOLS_METRICS_NAMESPACE: { of: "metricsNamespace" },
};

const queue: QueueSpec = { visibilitySeconds: timing.visibilitySeconds, retentionDays: 14, maxReceives: 5 };

/** Packets wait for a cause to go away. They speak up when they look again, an hour apart at most. */
function stopped(name: ServiceMetric, meaning: string): AlarmSpec {
  return {
    meaning,
    metric: { of: "service", name },
    statistic: "Sum",
    periodMinutes: 120,
    periods: 1,
    over: 0,
    silence: "well",
  };
}

/** Any message in a dead-letter queue is one too many. */
function deadLetters(queue: string, meaning: string): AlarmSpec {
  return {
    meaning,
    metric: { of: "queue", queue },
    statistic: "Maximum",
    periodMinutes: 5,
    periods: 1,
    over: 0,
    silence: "well",
  };
}

export const service = {
  name: "stepletter",

  lambda: { runtime: "nodejs24.x", architecture: "arm64", logRetentionDays: 30 },

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
        projected: [
          "v",
          "run",
          "step",
          "previous",
          "goesFrom",
          "lane",
          "plannedAt",
          "notBefore",
          "attempt",
          "edition",
        ],
      },
      {
        // Everyone who has a profile, with what audiences are chosen by.
        name: "roster",
        partitionKey: "roster",
        sortKey: "pk",
        projected: [
          "v",
          "lists",
          "suppressed",
          "zone",
          "topics",
          "tags",
          "createdAt",
          "engagedAt",
          "kind",
          "date",
          "doneAt",
          "credential",
          // Of addresses that are not written to: they have a partition of their own.
          "reason",
          "since",
          "subscriberId",
        ],
      },
      {
        // Sparse: what the feeds brought, by the edition of the digest that it belongs to.
        name: "news",
        partitionKey: "news",
        sortKey: "newsAt",
        projected: ["v", "title", "url", "summary", "topic", "source", "score", "ceHours", "publishedAt"],
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
    events: ["SEND", "DELIVERY", "BOUNCE", "COMPLAINT", "REJECT", "RENDERING_FAILURE", "DELIVERY_DELAY"],
    eventQueue: "ses-events",
  },

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
        { on: "table/news", actions: ["dynamodb:Query"] },
        { on: "queue/send-now", actions: ["sqs:SendMessage"] },
        { on: "keys", actions: ["ssm:GetParameter"] },
      ],
    },
    // The door that strangers reach can list nobody: what can, stands behind a door of its own.
    admin: {
      entry: "functions/admin/handler.ts",
      purpose: "The API and the console of admins",
      memoryMb: 512,
      timeoutSeconds: 20,
      triggers: [{ kind: "http", paths: ["/v1/{proxy+}", "/admin", "/admin/{proxy+}"] }],
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
            "dynamodb:PartiQLInsert",
          ],
        },
        { on: "table/news", actions: ["dynamodb:Query"] },
        { on: "table/roster", actions: ["dynamodb:Query"] },
        { on: "table/due", actions: ["dynamodb:Query"] },
        { on: "queue/send-now", actions: ["sqs:SendMessage"] },
        { on: "queue/send-bulk", actions: ["sqs:SendMessage"] },
        { on: "queue/feeds", actions: ["sqs:SendMessage"] },
        { on: "account", actions: ["ses:PutSuppressedDestination", "ses:DeleteSuppressedDestination"] },
        { on: "keys", actions: ["ssm:GetParameter"] },
      ],
    },
    dispatch: {
      entry: "functions/schedule/dispatch.ts",
      purpose: "Turns what is due into packets and rings for every open one",
      memoryMb: 512,
      timeoutSeconds: timing.functionTimeoutSeconds,
      triggers: [{ kind: "schedule", expression: "cron(* * * * ? *)", retries: 0 }],
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
            "dynamodb:PartiQLInsert",
          ],
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
          actions: [
            "dynamodb:GetItem",
            "dynamodb:BatchGetItem",
            "dynamodb:Query",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:PartiQLInsert",
            "dynamodb:PartiQLUpdate",
          ],
        },
        { on: "table/news", actions: ["dynamodb:Query"] },
        { on: "mail", actions: ["ses:SendBulkEmail"] },
        { on: "account", actions: ["ses:GetAccount"] },
        { on: "keys", actions: ["ssm:GetParameter"] },
      ],
    },
    "poll-feeds": {
      entry: "functions/schedule/poll-feeds.ts",
      purpose: "Asks for every feed whose time has come",
      memoryMb: 256,
      timeoutSeconds: timing.functionTimeoutSeconds,
      triggers: [{ kind: "schedule", expression: "cron(0/15 * * * ? *)", retries: 0 }],
      environment,
      permissions: [
        { on: "table", actions: ["dynamodb:BatchGetItem", "dynamodb:Query"], rowsOf: "FEED#" },
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
      permissions: [
        {
          on: "table",
          actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
          rowsOf: "FEED#",
        },
      ],
    },
    "record-events": {
      entry: "functions/queue/record-events.ts",
      purpose: "Keeps what became of each mail; bounces and complaints suppress",
      memoryMb: 256,
      timeoutSeconds: timing.functionTimeoutSeconds,
      triggers: [{ kind: "queue", queue: "ses-events", batchSize: 10, maxConcurrency: 2 }],
      environment,
      permissions: [
        {
          on: "table",
          actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
        },
        { on: "keys", actions: ["ssm:GetParameter"] },
      ],
    },
    "receive-leave": {
      entry: "functions/mail/receive-leave.ts",
      purpose: "Takes readers off the list that their unsubscribe mail names",
      memoryMb: 256,
      timeoutSeconds: 20,
      triggers: [{ kind: "mail", retries: 2, patienceHours: 6, retentionDays: 14 }],
      environment,
      permissions: [
        { on: "table", actions: ["dynamodb:GetItem", "dynamodb:PutItem"] },
        { on: "keys", actions: ["ssm:GetParameter"] },
      ],
    },
  },

  alarms: {
    "send-now-dead-letters": deadLetters("send-now-dead", "Packets of the lane now that failed five times"),
    "send-bulk-dead-letters": deadLetters(
      "send-bulk-dead",
      "Packets of the lane bulk that failed five times",
    ),
    "ses-events-dead-letters": deadLetters("ses-events-dead", "SES events that could not be recorded"),
    "feeds-dead-letters": deadLetters("feeds-dead", "Feeds whose poll failed five times"),
    "ses-rule-dead-letters": deadLetters(ruleDeadLetters, "SES events that never reached their queue"),
    "receive-leave-dead-letters": {
      ...deadLetters("receive-leave-dead", "Unsubscribe mails that could not be acted on"),
      about: "receive-leave",
    },
    "leave-mails-forged": {
      meaning: "Several mails ask to leave with a token that no key of ours has made",
      metric: { of: "service", name: "LeaveMailsForged" },
      statistic: "Sum",
      periodMinutes: 60,
      periods: 1,
      over: 4,
      silence: "well",
      about: "receive-leave",
    },
    "deliveries-failed": {
      meaning: "SES refused a mail because of its recipient or content",
      metric: { of: "service", name: "DeliveriesFailed" },
      statistic: "Sum",
      periodMinutes: 60,
      periods: 1,
      over: 0,
      silence: "well",
    },
    "deliveries-unknown": {
      meaning: "Mails may or may not have been accepted by SES",
      metric: { of: "service", name: "DeliveriesUnknown" },
      statistic: "Sum",
      periodMinutes: 60,
      periods: 1,
      over: 0,
      silence: "well",
    },
    "not-rendered": {
      meaning: "SES accepted a mail and then could not put its values into it: nobody got it",
      metric: { of: "service", name: "MailsNotRendered" },
      statistic: "Sum",
      periodMinutes: 60,
      periods: 1,
      over: 0,
      silence: "well",
    },
    "stopped-quota": stopped("StoppedByQuota", "SES's daily quota is used up; packets wait"),
    "stopped-pause": stopped("StoppedByPause", "SES has paused or suspended sending; packets wait"),
    "stopped-identity": stopped(
      "StoppedByIdentity",
      "SES does not let this sender send, or only to verified addresses; packets wait",
    ),
    "stopped-setup": stopped(
      "StoppedBySetup",
      "A permission, credentials, the configuration set or a mail is not as it should be; packets wait",
    ),
    "bounce-rate": {
      meaning: "More than 4 % of the account's mails bounce; SES reviews an account at 5 %",
      metric: { of: "account", name: "Reputation.BounceRate" },
      statistic: "Maximum",
      periodMinutes: 60,
      periods: 1,
      over: 0.04,
      silence: "well",
    },
    "complaint-rate": {
      meaning:
        "More than 0.08 % of the account's mails are complained about; SES reviews an account at 0.1 %",
      metric: { of: "account", name: "Reputation.ComplaintRate" },
      statistic: "Maximum",
      periodMinutes: 60,
      periods: 1,
      over: 0.0008,
      silence: "well",
    },
    "dispatch-lag": {
      meaning: "Dispatch does not run, or is more than five minutes behind what is due",
      metric: { of: "service", name: "DispatchLagSeconds" },
      statistic: "Maximum",
      periodMinutes: 5,
      periods: 2,
      over: 300,
      silence: "alarm",
    },
    "dispatch-failures": {
      meaning: "Parts of the minute's work have failed for a quarter of an hour",
      metric: { of: "service", name: "DispatchFailures" },
      statistic: "Sum",
      periodMinutes: 5,
      periods: 3,
      over: 0,
      silence: "well",
    },
    "oldest-packet": {
      meaning: "A packet has been due for two hours and is still not sent",
      metric: { of: "service", name: "OldestPacketSeconds" },
      statistic: "Maximum",
      periodMinutes: 30,
      periods: 1,
      over: 7200,
      silence: "well",
    },
    "feeds-failing": {
      meaning: "A feed has failed three times in a row, or its host refuses us",
      metric: { of: "service", name: "FeedsFailing" },
      statistic: "Maximum",
      periodMinutes: 60,
      periods: 1,
      over: 0,
      silence: "well",
    },
    "http-errors": {
      meaning: "Signups, pages or webhooks were answered with a status from 500 on",
      metric: { of: "api", name: "5xx" },
      statistic: "Sum",
      periodMinutes: 15,
      periods: 1,
      over: 4,
      silence: "well",
    },
  },
} as const satisfies ServiceManifest;

/** Route keys of an HTTP API that lead to these paths, with every method; without any, all that no other route has. */
export function routeKeysOf(paths: string[] | undefined): string[] {
  return paths?.map((path) => `ANY ${path}`) ?? ["$default"];
}

/** Name of the dead-letter queue that stands behind a queue, or behind a function that mail triggers. */
export function deadLetterOf(queueName: string): string {
  return `${queueName}-dead`;
}

/** What of the manifest is deployed: all of it, or all but what takes mail in. */
export function deployedBy(
  manifest: ServiceManifest,
  { receiptRuleSet }: { receiptRuleSet?: string },
): ServiceManifest {
  const functions = Object.entries<FunctionSpec>(manifest.functions).filter(
    ([, { triggers }]) => receiptRuleSet !== undefined || !triggers.some(({ kind }) => kind === "mail"),
  );
  const names = functions.map(([name]) => name);
  const alarms = Object.entries<AlarmSpec>(manifest.alarms).filter(
    ([, { about }]) => about === undefined || names.includes(about),
  );
  return { ...manifest, functions: Object.fromEntries(functions), alarms: Object.fromEntries(alarms) };
}

/** How each of the account's stages calls what has to have a name of its own; `local` is this machine. */
export function namesOf({ name }: Pick<ServiceManifest, "name">, stage: string) {
  return {
    configurationSet: `${name}-${stage}`,
    metricsNamespace: `${name}-${stage}`,
    /** SSM SecureString of token and hash keys; written by `stepletter keys init`, never by the stack. */
    keysParameter: `/${name}/${stage}/keys`,
    /** SSM String, written by the stack: the functions' environment as JSON, by which commands find their way. */
    environmentParameter: `/${name}/${stage}/environment`,
    /** The rule for the unsubscribe mailbox, in the operator's rule set. */
    receiptRule: `${name}-${stage}-leave`,
  };
}
