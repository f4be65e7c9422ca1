import type { AlarmFacts, ServiceFacts } from "../facts.ts";
import type { OpenTemplate } from "./open-template.ts";
import { accessOf } from "./policies.ts";
import { type Raw, record, same } from "./watch.ts";

/** The alarms, by their names in the manifest. */
export function alarmsOf({ all }: OpenTemplate): Record<string, AlarmFacts> {
  return record(
    all("AWS::CloudWatch::Alarm").map(({ name, properties }) => [
      name,
      {
        namespace: properties.Namespace,
        metric: properties.MetricName,
        dimensions: record((properties.Dimensions ?? []).map(({ Name, Value }: Raw) => [Name, Value])),
        statistic: properties.Statistic,
        periodSeconds: properties.Period,
        periods: properties.EvaluationPeriods,
        comparison: properties.ComparisonOperator,
        threshold: properties.Threshold,
        missingData: properties.TreatMissingData,
        notifies: [...told("alarm", properties.AlarmActions), ...told("ok", properties.OKActions)],
      },
    ]),
  );
}

function told(state: string, actions: Raw = []): string[] {
  return actions.map((action: string) => (action === "<topic>" ? state : `${state} ${action}`));
}

/** The topic of the alarms, its policy and its subscriber. */
export function topicOf({ one }: OpenTemplate): ServiceFacts["topic"] {
  same(one("AWS::SNS::Topic").properties, {}, "the topic");
  const policy = one("AWS::SNS::TopicPolicy").properties;
  const subscription = one("AWS::SNS::Subscription").properties;
  same([policy.Topics, subscription.TopicArn], [["<topic>"], "<topic>"], "the topic that is meant");
  return {
    protocol: subscription.Protocol,
    endpoint: subscription.Endpoint,
    ...accessOf(policy.PolicyDocument, "<topic>", ["sns:Publish"], "sns:Publish"),
  };
}
