import {
  deadLetterOf,
  type MetricSource,
  namesOf,
  ruleDeadLetters,
  type ServiceManifest,
} from "../../infra/service.ts";
import type { Settings } from "../../infra/settings.ts";
import type { AlarmFacts, QueueFacts, ServiceFacts, TableFacts } from "./facts.ts";
import { functionFacts, mapValues, resolveEnvironment } from "./manifest/function-facts.ts";

/** What the manifest, and the decisions that it leaves to the renderings, say should be deployed. */
export function factsFromManifest(manifest: ServiceManifest, settings: Settings): ServiceFacts {
  const names = namesOf(manifest, settings.stage);
  const { mailDomain, restoredTable, web } = settings;
  const environments = Object.values(manifest.functions).map(({ environment }) => environment);
  const shared = Object.entries(environments[0] ?? {}).filter(([name, value]) =>
    environments.every((each) => JSON.stringify(each[name]) === JSON.stringify(value)),
  );
  return {
    functions: mapValues(manifest.functions, (spec, name) => functionFacts(name, spec, manifest, settings)),
    queues: queueFacts(manifest),
    table: restoredTable ? { restored: restoredTable } : tableFacts(manifest, settings),
    mail: {
      configurationSet: names.configurationSet,
      reputationMetrics: true,
      suppressedReasons: ["BOUNCE", "COMPLAINT"],
      destination: { events: [...manifest.mail.events].sort(), bus: "default" },
      rule: {
        pattern: {
          source: ["aws.ses"],
          detail: { mail: { tags: { "ses:configuration-set": [names.configurationSet] } } },
        },
        target: manifest.mail.eventQueue,
        deadLetters: ruleDeadLetters,
      },
      identity: settings.mailDomainExists
        ? undefined
        : { domain: mailDomain, mailFrom: `mail.${mailDomain}` },
    },
    http: {
      routes: Object.fromEntries(
        Object.entries(manifest.functions)
          .filter(([, { triggers }]) => triggers.some(({ kind }) => kind === "http"))
          .map(([name]) => ["$default", name]),
      ),
      payloadVersion: "2.0",
      domain: web && { name: web.domain, certificate: web.certificateArn },
    },
    alarms: mapValues(
      manifest.alarms,
      (spec): AlarmFacts => ({
        ...metricFacts(spec.metric, manifest, settings),
        statistic: spec.statistic,
        periodSeconds: spec.periodMinutes * 60,
        periods: spec.periods,
        comparison: "GreaterThanThreshold",
        threshold: spec.over,
        missingData: spec.silence === "well" ? "notBreaching" : "breaching",
        notifies: ["alarm", "ok"],
      }),
    ),
    topic: {
      protocol: "email",
      endpoint: settings.alarmEmail,
      requiresTls: true,
      senders: ["cloudwatch.amazonaws.com for <account>"],
    },
    parameters: {
      [names.environmentParameter]: {
        type: "String",
        value: {
          ...resolveEnvironment(Object.fromEntries(shared), manifest, settings),
          AWS_REGION: "<region>",
        },
      },
    },
  };
}

function queueFacts({ queues, mail }: ServiceManifest): Record<string, QueueFacts> {
  const fromRule = ["events.amazonaws.com for <sesRule>"];
  const dead = (retentionDays: number, senders: string[] = []): QueueFacts => ({
    visibilitySeconds: undefined,
    retentionDays,
    redrive: undefined,
    encrypted: true,
    requiresTls: true,
    senders,
  });
  const facts: Record<string, QueueFacts> = {};
  for (const [name, { visibilitySeconds, retentionDays, maxReceives }] of Object.entries(queues)) {
    facts[deadLetterOf(name)] = dead(retentionDays);
    facts[name] = {
      ...dead(retentionDays, name === mail.eventQueue ? fromRule : []),
      visibilitySeconds,
      redrive: { to: deadLetterOf(name), maxReceives },
    };
  }
  facts[ruleDeadLetters] = dead(queues[mail.eventQueue]?.retentionDays ?? Number.NaN, fromRule);
  return facts;
}

function tableFacts({ table }: ServiceManifest, { production }: Settings): TableFacts {
  const keys = [table, ...table.indexes].flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey]);
  return {
    keys: { partition: table.partitionKey, sort: table.sortKey },
    attributes: Object.fromEntries(keys.map((key) => [key, "S"])),
    indexes: Object.fromEntries(
      table.indexes.map(({ name, partitionKey, sortKey, projected }) => [
        name,
        { partition: partitionKey, sort: sortKey, projected: [...projected].sort() },
      ]),
    ),
    timeToLive: table.timeToLive,
    pointInTimeRecovery: true,
    billing: "PAY_PER_REQUEST",
    deletionProtection: production,
    retained: production,
  };
}

function metricFacts(source: MetricSource, manifest: ServiceManifest, { stage }: Settings) {
  const metric = source.of === "queue" ? "ApproximateNumberOfMessagesVisible" : source.name;
  switch (source.of) {
    case "service":
      return {
        namespace: namesOf(manifest, stage).metricsNamespace,
        metric,
        dimensions: { service: manifest.name },
      };
    case "queue":
      return { namespace: "AWS/SQS", metric, dimensions: { QueueName: source.queue } };
    case "account":
      return { namespace: "AWS/SES", metric, dimensions: {} };
    case "api":
      return { namespace: "AWS/ApiGateway", metric, dimensions: { ApiId: "<api>" } };
  }
}
