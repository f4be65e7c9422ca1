import type { AlarmFacts, ServiceFacts } from "../infra/facts.ts";
import type { Registered } from "./graph.ts";
import { accessBy } from "./policy-facts.ts";
import { byName, expectRest, type GraphReader, manifestName } from "./read-graph.ts";

/** All alarms of a graph, by name. */
export function alarmFacts(reader: GraphReader): Record<string, AlarmFacts> {
  return byName(
    reader
      .all("aws:cloudwatch/metricAlarm:MetricAlarm")
      .map((alarm) => [manifestName(alarm, reader.stage), oneAlarm(alarm, reader)]),
  );
}

function oneAlarm(alarm: Registered, reader: GraphReader): AlarmFacts {
  const {
    namespace,
    metricName,
    dimensions = {},
    statistic,
    period,
    evaluationPeriods,
    ...others
  } = alarm.inputs;
  const { comparisonOperator, threshold, treatMissingData, alarmActions, okActions, ...rest } = others;
  const { alarmDescription: _description, ...unknown } = rest;
  const topic = [reader.one("aws:sns/topic:Topic").state.arn];
  expectRest(
    alarm,
    { unknown, alarmActions, okActions },
    { unknown: {}, alarmActions: topic, okActions: topic },
  );
  return {
    namespace,
    metric: metricName,
    dimensions: Object.fromEntries(
      Object.entries<string>(dimensions).map(([name, value]) => [name, reader.token(value)]),
    ),
    statistic,
    periodSeconds: period,
    periods: evaluationPeriods,
    comparison: comparisonOperator,
    threshold,
    missingData: treatMissingData,
    notifies: ["alarm", "ok"],
  };
}

/** The one topic that alarms go to. */
export function topicFacts(reader: GraphReader): ServiceFacts["topic"] {
  const topic = reader.one("aws:sns/topic:Topic");
  const { name: _name, ...rest } = topic.inputs;
  expectRest(topic, rest, { fifoTopic: false });
  const subscription = reader.one("aws:sns/topicSubscription:TopicSubscription");
  const { protocol, endpoint, ...restOfSubscription } = subscription.inputs;
  expectRest(subscription, restOfSubscription, { topic: topic.state.arn });
  const policy = reader.one("aws:sns/topicPolicy:TopicPolicy");
  const { policy: _policy, ...restOfPolicy } = policy.inputs;
  expectRest(policy, restOfPolicy, { arn: topic.state.arn });
  const actions = { refused: "sns:Publish", allowed: "sns:Publish" };
  return { protocol, endpoint, ...accessBy(policy, topic.state.arn, actions, reader) };
}
