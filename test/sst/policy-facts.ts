import { isDeepStrictEqual } from "node:util";
import type { Registered } from "./graph.ts";
import { account, region } from "./pretended-aws.ts";
import type { GraphReader } from "./read-graph.ts";
import { expectRest } from "./read-graph.ts";

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource?: string | string[];
  Principal?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

/** What the one inline policy of a role allows, in words; `logs` is the function's own log group. */
export function allowedBy(role: Registered, log: Registered | undefined, reader: GraphReader): string[] {
  const [{ policy, name: _name, ...rest }, ...others] = role.inputs.inlinePolicies;
  expectRest(role, [rest, ...others], [{}]);
  return statementsOf(role, policy)
    .flatMap(({ Effect, Action, Resource, Condition, ...unknown }) => {
      expectRest(role, { Effect, ...unknown }, { Effect: "Allow" });
      const where = resources([Resource ?? []].flat(), log, reader) + condition(Condition);
      return [Action].flat().map((action) => `${action} ${where}`);
    })
    .sort();
}

function resources(arns: string[], log: Registered | undefined, reader: GraphReader): string {
  const ses = `arn:aws:ses:${region}:${account}`;
  const mail = [`${ses}:identity/*`, `${ses}:configuration-set/stepletter-${reader.stage}`];
  if (isDeepStrictEqual(arns, mail)) return "mail";
  return arns
    .map((arn) => {
      if (arn === "*") return "account";
      if (arn === `${log?.state.arn}:*`) return "logs";
      if (arn === `arn:aws:ssm:${region}:${account}:parameter/stepletter/${reader.stage}/keys`) return "keys";
      return reader.token(arn);
    })
    .join(" ");
}

function condition(given: Statement["Condition"]): string {
  if (!given) return "";
  const rows = given["ForAllValues:StringLike"]?.["dynamodb:LeadingKeys"];
  const onRows = {
    "ForAllValues:StringLike": { "dynamodb:LeadingKeys": rows },
    Null: { "dynamodb:LeadingKeys": "false" },
  };
  if (rows && isDeepStrictEqual(given, onRows)) return ` rows ${rows}`;
  const from = given.StringLike?.["ses:FromAddress"];
  if (from && isDeepStrictEqual(given, { StringLike: { "ses:FromAddress": from } })) return ` from ${from}`;
  return ` if ${JSON.stringify(given)}`;
}

/** Whether a resource's policy refuses who does not come by TLS, and which services it lets in besides. */
export function accessBy(
  of: Registered,
  arn: unknown,
  actions: { refused: string; allowed: string },
  reader: GraphReader,
): { requiresTls: boolean; senders: string[] } {
  const refusal = {
    Effect: "Deny",
    Action: actions.refused,
    Resource: arn,
    Principal: "*",
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const statements = statementsOf(of, of.inputs.policy);
  const others = statements.filter((each) => !isDeepStrictEqual(each, refusal));
  return {
    requiresTls: others.length < statements.length,
    senders: others.map(({ Principal, Condition = {}, ...rest }) => {
      expectRest(of, rest, { Effect: "Allow", Action: actions.allowed, Resource: arn });
      return `${serviceOf(of, Principal)} for ${source(of, Condition, reader)}`;
    }),
  };
}

function source(of: Registered, condition: object, reader: GraphReader): string {
  const operators = { ArnEquals: "aws:SourceArn", StringEquals: "aws:SourceAccount" };
  for (const [operator, key] of Object.entries(operators)) {
    const value = (condition as NonNullable<Statement["Condition"]>)[operator]?.[key];
    if (typeof value === "string" && isDeepStrictEqual(condition, { [operator]: { [key]: value } }))
      return reader.token(value);
  }
  throw new Error(`${of.name} lets in whoever meets ${JSON.stringify(condition)}`);
}

/** The service that may take a role, and on whose behalf if that is said. */
export function assumerOf(role: Registered): { service: string; account: unknown } {
  const [statement, ...others] = statementsOf(role, role.inputs.assumeRolePolicy);
  const { Principal, Condition, ...rest } = statement ?? {};
  expectRest(role, [rest, ...others], [{ Effect: "Allow", Action: "sts:AssumeRole" }]);
  const account = Condition?.StringEquals?.["aws:SourceAccount"];
  expectRest(role, Condition, account && { StringEquals: { "aws:SourceAccount": account } });
  return { service: serviceOf(role, Principal), account };
}

function statementsOf(of: Registered, policy: string): Statement[] {
  const { Statement: statements, ...rest } = JSON.parse(policy);
  expectRest(of, rest, { Version: "2012-10-17" });
  return statements;
}

function serviceOf(of: Registered, principal: unknown): string {
  const { Service, ...rest } = principal as Record<string, unknown>;
  expectRest(of, rest, {});
  return String(Service);
}
