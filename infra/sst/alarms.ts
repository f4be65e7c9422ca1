import { type MetricSource, namesOf, type ServiceManifest } from "../service.ts";
import type { Settings } from "../settings.ts";
import type { Account } from "./account.ts";
import { resourceName } from "./names.ts";
import { onlyByTls, policy } from "./policy.ts";
import { type Queues, queueNamed } from "./queues.ts";

/** What the alarms look at. */
export interface Watched {
  settings: Settings;
  account: Account;
  queues: Queues;
  api: aws.apigatewayv2.Api;
}

/** The alarms of the manifest, and the topic by which they reach the operator. */
export function createAlarms(manifest: ServiceManifest, watched: Watched): void {
  const topic = createTopic(watched);
  for (const [name, spec] of Object.entries(manifest.alarms))
    new aws.cloudwatch.MetricAlarm(resourceName(name), {
      alarmDescription: `${spec.meaning}. See ${name} in docs/runbook.md.`,
      ...sourceOf(spec.metric, manifest, watched),
      statistic: spec.statistic,
      period: spec.periodMinutes * 60,
      evaluationPeriods: spec.periods,
      comparisonOperator: "GreaterThanThreshold",
      threshold: spec.over,
      treatMissingData: spec.silence === "well" ? "notBreaching" : "breaching",
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    });
}

function createTopic({ settings, account }: Watched): sst.aws.SnsTopic {
  const topic = new sst.aws.SnsTopic("Alarms");
  new aws.sns.TopicPolicy(resourceName("alarms"), {
    arn: topic.arn,
    policy: policy([
      onlyByTls("sns:Publish", topic.arn),
      {
        Effect: "Allow",
        Action: "sns:Publish",
        Resource: topic.arn,
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": account.accountId } },
      },
    ]),
  });
  new aws.sns.TopicSubscription(resourceName("alarms"), {
    topic: topic.arn,
    protocol: "email",
    endpoint: settings.alarmEmail,
  });
  return topic;
}

type Source = Pick<aws.cloudwatch.MetricAlarmArgs, "namespace" | "metricName" | "dimensions">;

function sourceOf(
  source: MetricSource,
  manifest: ServiceManifest,
  { settings, queues, api }: Watched,
): Source {
  switch (source.of) {
    case "service":
      return {
        namespace: namesOf(manifest, settings.stage).metricsNamespace,
        metricName: source.name,
        dimensions: { service: manifest.name },
      };
    case "queue":
      return {
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensions: { QueueName: queueNamed(queues, source.queue).nodes.queue.name },
      };
    case "account":
      return { namespace: "AWS/SES", metricName: source.name };
    case "api":
      return { namespace: "AWS/ApiGateway", metricName: source.name, dimensions: { ApiId: api.id } };
  }
}
