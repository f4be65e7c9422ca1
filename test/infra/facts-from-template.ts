import type { ServiceFacts } from "./facts.ts";
import { alarmsOf, topicOf } from "./template/alarm-facts.ts";
import { functionsOf, type Known } from "./template/function-facts.ts";
import { httpOf } from "./template/http-facts.ts";
import { mailOf } from "./template/mail-facts.ts";
import { openTemplate } from "./template/open-template.ts";
import { queuesOf, tableOf } from "./template/storage-facts.ts";
import { type Raw, record } from "./template/watch.ts";

/** What may be so or otherwise without any fact being another, and why. */
export const immaterial: [where: RegExp, why: string][] = [
  [/^AWS::(Events::Rule|Lambda::Function) \S+\.Description$/, "for people"],
  [/^AWS::CloudWatch::Alarm \S+\.AlarmDescription$/, "for people"],
  [/^AWS::ApiGatewayV2::Api \S+\.Name$/, "for people; the API goes by its id"],
  [/^AWS::Events::Rule \S+\.Targets\.0\.Id$/, "one target among one"],
  [/^AWS::IAM::Role \S+\.Policies\.0\.PolicyName$/, "one policy among one"],
  [
    /^AWS::(SQS::Queue|SNS::Topic)Policy \S+\.PolicyDocument\.Statement\.\d\.Sid$/,
    "a name within the policy",
  ],
  [/^AWS::Lambda::Function \S+\.Code\.S3Bucket(\..*)?$/, "the bucket of the account's CDK bootstrap"],
];

/**
 * What a synthesised CloudFormation template deploys.
 * @throws Error for a resource or property of which no fact tells.
 */
export function factsFromTemplate(raw: Raw, known: Known): ServiceFacts {
  const template = openTemplate(raw);
  const facts: ServiceFacts = {
    functions: functionsOf(template, known),
    queues: queuesOf(template),
    table: known.restoredTable ? { restored: known.restoredTable } : tableOf(template),
    mail: mailOf(template),
    http: httpOf(template),
    alarms: alarmsOf(template),
    topic: topicOf(template),
    parameters: record(
      template
        .all("AWS::SSM::Parameter")
        .map(({ properties }) => [
          properties.Name,
          { type: properties.Type, value: JSON.parse(properties.Value) },
        ]),
    ),
  };
  const untold = [...template.unread].filter((path) => !immaterial.some(([where]) => where.test(path)));
  if (untold.length > 0) throw new Error(`No fact tells of ${untold.join(", ")}`);
  return facts;
}
