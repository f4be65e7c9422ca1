import { Duration, type Stack } from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { type MetricSource, namesOf, type ServiceManifest } from "../service.ts";
import type { Settings } from "../settings.ts";
import { named } from "./queues.ts";

/** What the alarms look at. */
export interface Watched {
  manifest: ServiceManifest;
  settings: Settings;
  queues: Map<string, Queue>;
  api: HttpApi;
}

/** The alarms of the manifest, and the topic by which they reach the operator. */
export function createAlarms(stack: Stack, watched: Watched): void {
  const topic = new Topic(stack, "Alarms", { enforceSSL: true });
  topic.addSubscription(new EmailSubscription(watched.settings.alarmEmail));
  topic.addToResourcePolicy(
    new PolicyStatement({
      actions: ["sns:Publish"],
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      resources: [topic.topicArn],
      conditions: { StringEquals: { "aws:SourceAccount": stack.account } },
    }),
  );
  const tell = new SnsAction(topic);
  for (const [name, spec] of Object.entries(watched.manifest.alarms)) {
    const alarm = new Alarm(stack, `Alarm-${name}`, {
      alarmDescription: `${spec.meaning}. See ${name} in docs/runbook.md.`,
      metric: new Metric({
        ...sourceOf(spec.metric, watched),
        statistic: spec.statistic,
        period: Duration.minutes(spec.periodMinutes),
      }),
      evaluationPeriods: spec.periods,
      threshold: spec.over,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: spec.silence === "well" ? TreatMissingData.NOT_BREACHING : TreatMissingData.BREACHING,
    });
    alarm.addAlarmAction(tell);
    alarm.addOkAction(tell);
  }
}

function sourceOf(source: MetricSource, { manifest, settings, queues, api }: Watched) {
  switch (source.of) {
    case "service":
      return {
        namespace: namesOf(manifest, settings.stage).metricsNamespace,
        metricName: source.name,
        dimensionsMap: { service: manifest.name },
      };
    case "queue":
      return {
        namespace: "AWS/SQS",
        metricName: "ApproximateNumberOfMessagesVisible",
        dimensionsMap: { QueueName: named(queues, source.queue).queueName },
      };
    case "account":
      return { namespace: "AWS/SES", metricName: source.name };
    case "api":
      return { namespace: "AWS/ApiGateway", metricName: source.name, dimensionsMap: { ApiId: api.apiId } };
  }
}
