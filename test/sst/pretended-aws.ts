/** Account and region in which a pretended deployment is. */
export const account = "123456789012";
export const region = "eu-central-1";

/** ARNs after `arn:aws:`, as far as anything refers to them; NAME is the logical name, so that no random end is in it. */
const arns: Record<string, string> = {
  "aws:sqs/queue:Queue": `sqs:${region}:${account}:NAME`,
  "aws:sns/topic:Topic": `sns:${region}:${account}:NAME`,
  "aws:dynamodb/table:Table": `dynamodb:${region}:${account}:table/NAME`,
  "aws:lambda/function:Function": `lambda:${region}:${account}:function:NAME`,
  "aws:cloudwatch/logGroup:LogGroup": `logs:${region}:${account}:log-group:NAME`,
  "aws:cloudwatch/eventRule:EventRule": `events:${region}:${account}:rule/NAME`,
  "aws:iam/role:Role": `iam::${account}:role/NAME`,
};

type Properties = Record<string, unknown>;

/** The state of a resource that was never made: its inputs, and what AWS would have added. */
export function stateOf(type: string, name: string, inputs: Properties): { id: string; state: Properties } {
  const arn = arns[type];
  const id = `${name}-id`;
  const state: Properties = { ...inputs, ...(arn && { name, arn: `arn:aws:${arn.replace("NAME", name)}` }) };
  if (type === "aws:sqs/queue:Queue") state.url = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  if (type === "aws:apigatewayv2/api:Api")
    Object.assign(state, {
      apiEndpoint: `https://${id}.execute-api.${region}.amazonaws.com`,
      executionArn: `arn:aws:execute-api:${region}:${account}:${id}`,
    });
  if (type === "aws:apigatewayv2/domainName:DomainName")
    state.domainNameConfiguration = {
      ...(inputs.domainNameConfiguration as Properties),
      targetDomainName: `d-${name}.execute-api.${region}.amazonaws.com`,
    };
  if (type === "aws:sesv2/emailIdentity:EmailIdentity")
    state.dkimSigningAttributes = { tokens: ["one", "two", "three"] };
  return { id, state };
}

/** What AWS would answer a program that asks for data. */
export function answerCall(token: string, inputs: Properties): Properties {
  switch (token) {
    case "aws:index/getRegion:getRegion":
      return { id: region, name: region, region };
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { id: account, accountId: account };
    case "aws:index/getPartition:getPartition":
      return { id: "aws", partition: "aws" };
    case "aws:dynamodb/getTable:getTable":
      return {
        ...inputs,
        id: inputs.name,
        arn: `arn:aws:dynamodb:${region}:${account}:table/${inputs.name}`,
      };
    case "aws:iam/getPolicyDocument:getPolicyDocument":
      return { ...inputs, json: JSON.stringify(policyDocument(inputs)) };
    default:
      throw new Error(`The program asks for ${token}`);
  }
}

interface Statements {
  statements?: { effect?: string; actions: string[]; resources?: string[]; conditions?: unknown }[];
}

/** Only what SST's components ask for: a grant without principals or conditions. */
function policyDocument({ statements = [] }: Statements) {
  return {
    Version: "2012-10-17",
    Statement: statements.map(({ effect = "Allow", actions, resources, ...others }) => {
      if (Object.values(others).some((other) => other !== undefined))
        throw new Error(`A statement has more than this test knows: ${Object.keys(others)}`);
      return { Effect: effect, Action: actions, Resource: resources };
    }),
  };
}
