/**
 * What a deployment consists of, in words that do not depend on how it was rendered: the manifest says what
 * should be there, SST and CDK what is. Three mappers make these facts; the parity test compares them.
 *
 * Resources are named by what they are in the manifest: `table`, `table/due`, `queue/send-now`, `mail` (identities
 * and our configuration set), `account` (SES as a whole: `*`), `keys`, `logs` (the function's own log group); a queue as a fact of its own by its
 * name alone, `send-now`, `send-now-dead`. Whatever AWS names at deployment stands as a token: `<tableName>`,
 * `<queueUrl send-now>`, `<publicUrl>` (the API's endpoint), `<region>`, `<account>`, `<api>` (its id), `<sesRule>`
 * (its ARN). What is known beforehand is literal: the configuration set, the parameters, the namespace of
 * metrics, `https://news.example.org` with a domain of one's own, and the name of a restored table.
 * Lists are sorted. What a mapper does not recognise it leaves as it is, or throws, so that it shows.
 */
export interface ServiceFacts {
  functions: Record<string, FunctionFacts>;
  /** By queue; the dead-letter queues are among them. */
  queues: Record<string, QueueFacts>;
  /** Or the name of a restored one, which the stack uses as it is. */
  table: TableFacts | { restored: string };
  mail: MailFacts;
  http: HttpFacts;
  /** By name in the manifest. */
  alarms: Record<string, AlarmFacts>;
  /** Where alarms go. */
  topic: {
    protocol: string;
    endpoint: string;
    requiresTls: boolean;
    /** As those of a queue: `cloudwatch.amazonaws.com for <account>`. */
    senders: string[];
  };
  /** Names of the SSM parameters that the stack itself writes, with their type and (parsed) value. */
  parameters: Record<string, { type: string; value: Record<string, string> }>;
}

export interface FunctionFacts {
  /** Folder of the bundle, from the root of the project. */
  bundle: string;
  handler: string;
  runtime: string;
  architecture: string;
  memoryMb: number;
  timeoutSeconds: number;
  logRetentionDays: number;
  /** Whether the log outlives the stack. */
  logRetained: boolean;
  /** Undefined, never a number: a new account has ten concurrent runs in all. */
  reservedConcurrency: number | undefined;
  environment: Record<string, string>;
  /**
   * Everything the function's role may do, sorted: `dynamodb:GetItem table`, `dynamodb:PutItem table rows FEED#*`,
   * `ses:SendEmail mail from *@example.org`, with what its triggers and its log need: `sqs:ReceiveMessage queue/feeds`,
   * `logs:PutLogEvents logs`.
   */
  allowed: string[];
  /**
   * Who may assume its role, and who may call it, sorted: `lambda.amazonaws.com`, `apigateway.amazonaws.com` (for our
   * API alone), `scheduler.amazonaws.com` (by a role that may do nothing else), `ses.amazonaws.com` (for our receipt
   * rule alone).
   */
  callers: string[];
  schedules: { expression: string; timezone: string; retries: number; state: string }[];
  /** What Lambda does with calls that nobody waits for: those of a receipt rule. */
  unattended: { retries: number; patienceSeconds: number; deadLetters: string } | undefined;
  sources: {
    queue: string;
    batchSize: number;
    windowSeconds: number;
    maxConcurrency: number;
    reportsItemFailures: boolean;
  }[];
}

export interface QueueFacts {
  visibilitySeconds: number | undefined;
  retentionDays: number;
  redrive: { to: string; maxReceives: number } | undefined;
  encrypted: boolean;
  requiresTls: boolean;
  /** Services that its policy lets send, with what they are limited to: `events.amazonaws.com for <sesRule>`. */
  senders: string[];
}

export interface TableFacts {
  keys: { partition: string; sort: string };
  /** All attributes that are part of a key, with their type. */
  attributes: Record<string, string>;
  indexes: Record<string, { partition: string; sort: string; projected: string[] }>;
  timeToLive: string;
  pointInTimeRecovery: boolean;
  billing: string;
  deletionProtection: boolean;
  /** Whether the table outlives the stack. */
  retained: boolean;
}

export interface MailFacts {
  configurationSet: string;
  /** Enforced or optional TLS, metrics, and whether the configuration set suppresses by reasons. */
  reputationMetrics: boolean;
  suppressedReasons: string[];
  destination: { events: string[]; bus: string };
  /** The EventBridge rule; its pattern, its one target and where events go that the target refuses. */
  rule: { pattern: unknown; target: string; deadLetters: string };
  identity: { domain: string; mailFrom: string } | undefined;
  /** The receipt rule, which needs no TLS, scans, and calls one function without waiting for it. */
  receiving: { ruleSet: string; rule: string; recipients: string[]; calls: string } | undefined;
}

export interface HttpFacts {
  /** Function by route key. */
  routes: Record<string, string>;
  payloadVersion: string;
  domain: { name: string; certificate: string } | undefined;
}

export interface AlarmFacts {
  namespace: string;
  metric: string;
  /** Values as tokens: `QueueName: "send-now-dead"`, `service: "stepletter"`, `ApiId: "<api>"`. */
  dimensions: Record<string, string>;
  statistic: string;
  periodSeconds: number;
  periods: number;
  comparison: string;
  threshold: number;
  missingData: string;
  /** The states that the topic is told of: `alarm`, `ok`. */
  notifies: string[];
}
