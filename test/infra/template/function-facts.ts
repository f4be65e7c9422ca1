import type { namesOf } from "../../../infra/service.ts";
import type { FunctionFacts } from "../facts.ts";
import { receiptRuleArn } from "./mail-facts.ts";
import type { OpenTemplate, Resource } from "./open-template.ts";
import { allowedBy, callerOf, trustedBy } from "./policies.ts";
import { record, same } from "./watch.ts";

/** What a mapper of a template has to know besides the template. */
export interface Known {
  names: ReturnType<typeof namesOf>;
  restoredTable: string | undefined;
  /** Folder of a bundle, from the root of the project, by the key of its asset. */
  bundleOf: (s3Key: string) => string | undefined;
}

/** The functions of a template, each with its role, log, triggers and callers. */
export function functionsOf(template: OpenTemplate, known: Known): Record<string, FunctionFacts> {
  const roles = new Map(template.all("AWS::IAM::Role").map((role) => [role.id, role]));
  const logs = new Map(template.all("AWS::Logs::LogGroup").map((log) => [`logs/${log.name}`, log]));
  const functions = record(
    template
      .all("AWS::Lambda::Function")
      .map((each) => [
        `function/${each.name}`,
        functionOf(
          each,
          take(roles, each.properties.Role),
          take(logs, each.properties.LoggingConfig.LogGroup),
          known,
        ),
      ]),
  );
  for (const { id, properties } of template.all("AWS::Lambda::Permission")) {
    same(properties.Action, "lambda:InvokeFunction", id);
    const usual: Record<string, unknown> = {
      "apigateway.amazonaws.com": ["arn:<partition>:execute-api:<region>:<account>:<api>/*/*", undefined],
      "ses.amazonaws.com": [receiptRuleArn(template), "<account>"],
    };
    // The CDK writes every route of every stage as `/*/*` for the default route, as `/*/*/*` for others.
    const source = String(properties.SourceArn).replace(/(\/\*){3}$/, "/*/*");
    const limit = [source, properties.SourceAccount];
    const caller = callerOf({ Service: properties.Principal }, limit, usual[properties.Principal]);
    called(functions, properties.FunctionName).callers.push(caller);
  }
  for (const { id, properties } of template.all("AWS::Scheduler::Schedule")) {
    const { Arn, RetryPolicy, RoleArn } = properties.Target;
    same(properties.FlexibleTimeWindow, { Mode: "OFF" }, id);
    const role = take(roles, RoleArn);
    const allowed = allowedBy(role.properties.Policies, (resource) => resource, RoleArn);
    same(allowed, [`lambda:InvokeFunction ${Arn}`], RoleArn);
    const usual = { StringEquals: { "aws:SourceAccount": "<account>" } };
    called(functions, Arn).callers.push(trustedBy(role.properties.AssumeRolePolicyDocument, usual, RoleArn));
    called(functions, Arn).schedules.push({
      expression: properties.ScheduleExpression,
      timezone: properties.ScheduleExpressionTimezone,
      retries: RetryPolicy.MaximumRetryAttempts,
      state: properties.State,
    });
  }
  for (const { id, properties } of template.all("AWS::Lambda::EventInvokeConfig")) {
    const facts = called(functions, properties.FunctionName);
    same([properties.Qualifier, facts.unattended ?? null], ["$LATEST", null], id);
    facts.unattended = {
      retries: properties.MaximumRetryAttempts,
      patienceSeconds: properties.MaximumEventAgeInSeconds,
      deadLetters: properties.DestinationConfig.OnFailure.Destination.replace("queue/", ""),
    };
  }
  for (const { properties } of template.all("AWS::Lambda::EventSourceMapping"))
    called(functions, properties.FunctionName).sources.push({
      queue: properties.EventSourceArn.replace("queue/", ""),
      batchSize: properties.BatchSize,
      windowSeconds: properties.MaximumBatchingWindowInSeconds,
      maxConcurrency: properties.ScalingConfig.MaximumConcurrency,
      reportsItemFailures: properties.FunctionResponseTypes.join() === "ReportBatchItemFailures",
    });
  same([...roles.keys(), ...logs.keys()], [], "what is of no use");
  for (const { callers, sources } of Object.values(functions)) {
    callers.sort();
    sources.sort((one, other) => (one.queue < other.queue ? -1 : 1));
  }
  return record(Object.entries(functions).map(([id, facts]) => [id.replace("function/", ""), facts]));
}

function functionOf(
  { id, properties }: Resource,
  role: Resource,
  log: Resource,
  known: Known,
): FunctionFacts {
  const { Code, Environment } = properties;
  return {
    bundle: known.bundleOf(Code.S3Key) ?? Code.S3Key,
    handler: properties.Handler,
    runtime: properties.Runtime,
    architecture: properties.Architectures.join(),
    memoryMb: properties.MemorySize,
    timeoutSeconds: properties.Timeout,
    logRetentionDays: log.properties.RetentionInDays,
    logRetained: log.retained,
    reservedConcurrency: properties.ReservedConcurrentExecutions,
    environment: { ...Environment.Variables },
    allowed: allowedBy(role.properties.Policies, (resource) => nameOf(resource, log.name, known), id),
    callers: [trustedBy(role.properties.AssumeRolePolicyDocument, undefined, id)],
    schedules: [],
    unattended: undefined,
    sources: [],
  };
}

/** Takes a thing away, so that what is used twice or never shows. */
function take(things: Map<string, Resource>, id: string): Resource {
  const thing = things.get(id);
  if (!thing || !things.delete(id)) throw new Error(`${id} is not there, or used twice`);
  return thing;
}

function called(functions: Record<string, FunctionFacts>, id: string): FunctionFacts {
  const found = functions[id];
  if (!found) throw new Error(`${id} is no function`);
  return found;
}

function nameOf(resource: string, ownLog: string, { names, restoredTable }: Known): string {
  const arn = (service: string, rest: string) => `arn:<partition>:${service}:<region>:<account>:${rest}`;
  const meanings: Record<string, string> = {
    "*": "account",
    [`logs/${ownLog}`]: "logs",
    [arn("ssm", `parameter${names.keysParameter}`)]: "keys",
    [arn("ses", "identity/*")]: "identities",
    [arn("ses", `configuration-set/${names.configurationSet}`)]: "configuration set",
  };
  const table = arn("dynamodb", `table/${restoredTable}`);
  const name = restoredTable && resource.startsWith(table) ? resource.replace(table, "table") : resource;
  return meanings[name] ?? name.replace(/^table\/index\//, "table/");
}
