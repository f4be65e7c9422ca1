import { type Raw, watch } from "./watch.ts";

/** A resource of a CloudFormation template, its intrinsic functions resolved to the tokens of the facts. */
export interface Resource {
  id: string;
  /** What its construct is called in the manifest: `send-now` for the construct `Queue-send-now`. */
  name: string;
  properties: Raw;
  /** Whether it outlives the stack. */
  retained: boolean;
}

/** The resources of a template by type, and what of them nobody has looked at yet. */
export interface OpenTemplate {
  all: (type: string) => Resource[];
  one: (type: string) => Resource;
  unread: Set<string>;
}

/** What `Ref` and `Fn::GetAtt` stand for, by type of resource and attribute; `Ref` is the attribute "". */
const tokens: Record<string, (name: string, id: string, properties: Raw) => string> = {
  "AWS::DynamoDB::Table ": () => "<tableName>",
  "AWS::DynamoDB::Table Arn": () => "table",
  "AWS::SQS::Queue ": (name) => `<queueUrl ${name}>`,
  "AWS::SQS::Queue Arn": (name) => `queue/${name}`,
  "AWS::SQS::Queue QueueName": (name) => name,
  "AWS::ApiGatewayV2::Api ": () => "<api>",
  "AWS::ApiGatewayV2::Api ApiEndpoint": () => "<publicUrl>",
  "AWS::ApiGatewayV2::Stage ": (_name, _id, { StageName }) => StageName,
  "AWS::ApiGatewayV2::DomainName ": (_name, _id, { DomainName }) => DomainName,
  "AWS::ApiGatewayV2::Integration ": (_name, id) => id,
  "AWS::Events::Rule Arn": () => "<sesRule>",
  "AWS::IAM::Role Arn": (_name, id) => id,
  "AWS::Lambda::Function ": (name) => `function/${name}`,
  "AWS::Lambda::Function Arn": (name) => `function/${name}`,
  "AWS::Logs::LogGroup ": (name) => `logs/${name}`,
  "AWS::Logs::LogGroup Arn": (name) => `logs/${name}`,
  "AWS::SES::ConfigurationSet ": (_name, _id, { Name }) => Name,
  "AWS::SNS::Topic ": () => "<topic>",
};

const pseudo: Record<string, string> = {
  "AWS::AccountId": "<account>",
  "AWS::Partition": "<partition>",
  "AWS::Region": "<region>",
};

/** Opens a synthesised template; CDK's own metadata are left out. */
export function openTemplate(template: Raw): OpenTemplate {
  const byType = new Map<string, Resource[]>();
  const unread = new Set<string>();
  for (const [id, raw] of Object.entries<Raw>(template.Resources)) {
    const { Type, Properties = {}, DeletionPolicy, UpdateReplacePolicy } = raw;
    if (Type === "AWS::CDK::Metadata") continue;
    if (UpdateReplacePolicy !== DeletionPolicy || ![undefined, "Delete", "Retain"].includes(DeletionPolicy))
      throw new Error(`${id}: it is not clear what becomes of it`);
    unread.add(`${Type} ${id}`);
    const properties = watch(resolve(Properties, template), `${Type} ${id}`, unread);
    const resource = { id, name: nameOf(raw), properties, retained: DeletionPolicy === "Retain" };
    byType.set(Type, [...(byType.get(Type) ?? []), resource]);
  }
  const all = (type: string) => {
    const found = byType.get(type) ?? [];
    for (const { id } of found) unread.delete(`${type} ${id}`);
    return found;
  };
  const one = (type: string) => {
    const [first, ...others] = all(type);
    if (!first || others.length > 0) throw new Error(`There is not one ${type}`);
    return first;
  };
  return { all, one, unread };
}

function nameOf({ Metadata }: Raw): string {
  const construct = String(Metadata?.["aws:cdk:path"]).split("/")[1] ?? "";
  return construct.slice(construct.indexOf("-") + 1);
}

function resolve(value: Raw, template: Raw): Raw {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((each) => resolve(each, template));
  const [[only, argument] = ["", undefined], ...others] = Object.entries<Raw>(value);
  if (others.length > 0 || !/^(Ref|Fn::.*)$/.test(only))
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolve(each, template)]));
  if (only === "Ref") return pseudo[argument] ?? tokenOf(argument, "", template);
  if (only === "Fn::GetAtt") return tokenOf(argument[0], argument[1], template);
  if (only === "Fn::Join") return resolve(argument[1], template).join(argument[0]);
  if (only === "Fn::Sub" && typeof argument === "string") return argument;
  throw new Error(`No meaning is known for ${only}`);
}

function tokenOf(id: string, attribute: string, template: Raw): string {
  const raw = template.Resources[id];
  const token = raw && tokens[`${raw.Type} ${attribute}`];
  if (!token) throw new Error(`No meaning is known for the attribute "${attribute}" of ${id}`);
  return token(nameOf(raw), id, raw.Properties);
}
