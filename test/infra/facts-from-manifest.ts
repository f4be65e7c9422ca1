import {
  deadLetterOf,
  type MetricSource,
  namesOf,
  routeKeysOf,
  ruleDeadLetters,
  type ServiceManifest,
} from "../../infra/service.ts";
import type { Settings } from "../../infra/settings.ts";
import type { AlarmFacts, QueueFacts, ServiceFacts, TableFacts } from "./facts.ts";
import { functionFacts, mapValues, resolveEnvironment } from "./manifest/function-facts.ts";

/** The one that the content names. */
const unsubscribeMailbox = "leave@stepletter.example";

/** What the manifest, and the decisions that it leaves to the renderings, say should be deployed. */
export function factsFromManifest(whole: ServiceManifest, settings: Settings): ServiceFacts {
  const manifest = withoutWhatIsOff(whole, settings);
  const names = namesOf(manifest, settings.stage);
  const { mailDomain, receiptRuleSet, restoredTable, web } = settings;
  const [receiver = ""] = functionsByMail(manifest);
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
      receiving: receiptRuleSet
        ? {
            ruleSet: receiptRuleSet,
            rule: `${manifest.name}-${settings.stage}-leave`,
            recipients: [unsubscribeMailbox],
            calls: receiver,
          }
        : undefined,
    },
    http: {
      routes: Object.fromEntries(
        Object.entries(manifest.functions).flatMap(([name, { triggers }]) =>
          triggers
            .filter((trigger) => trigger.kind === "http")
            .flatMap(({ paths }) => routeKeysOf(paths).map((key) => [key, name])),
        ),
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
          ...(receiptRuleSet && {
            RECEIPT_RULE_SET: receiptRuleSet,
            MAIL_DEAD_LETTERS_URL: `<queueUrl ${deadLetterOf(receiver)}>`,
          }),
          AWS_REGION: "<region>",
        },
      },
    },
  };
}

/** Functions that incoming mail triggers. */
function functionsByMail({ functions }: ServiceManifest): string[] {
  return Object.entries(functions).flatMap(([name, { triggers }]) =>
    triggers.some(({ kind }) => kind === "mail") ? [name] : [],
  );
}

function withoutWhatIsOff(manifest: ServiceManifest, { receiptRuleSet }: Settings): ServiceManifest {
  const functions = { ...manifest.functions };
  if (!receiptRuleSet) for (const name of functionsByMail(manifest)) delete functions[name];
  const alarms = { ...manifest.alarms };
  for (const [name, { about }] of Object.entries(alarms))
    if (about !== undefined && !functions[about]) delete alarms[name];
  return { ...manifest, functions, alarms };
}

function queueFacts({ queues, mail, functions }: ServiceManifest): Record<string, QueueFacts> {
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
  for (const [name, { triggers }] of Object.entries(functions))
    for (const trigger of triggers)
      if (trigger.kind === "mail") facts[deadLetterOf(name)] = dead(trigger.retentionDays);
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
