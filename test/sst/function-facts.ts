import type { FunctionFacts } from "../infra/facts.ts";
import type { Registered } from "./graph.ts";
import { receiptRuleArn } from "./mail-facts.ts";
import { allowedBy, assumerOf } from "./policy-facts.ts";
import { account } from "./pretended-aws.ts";
import { byName, expectRest, type GraphReader, manifestName } from "./read-graph.ts";

/** All functions of a graph, with whatever calls them, by name. */
export function functionFacts(reader: GraphReader): Record<string, FunctionFacts> {
  const functions = reader.all("aws:lambda/function:Function");
  return byName(functions.map((each) => [manifestName(each, reader.stage), oneFunction(each, reader)]));
}

function oneFunction(fn: Registered, reader: GraphReader): FunctionFacts {
  const { code, handler, runtime, memorySize, timeout, role: roleArn, ...others } = fn.inputs;
  const { architectures, environment, loggingConfig, description: _description, ...rest } = others;
  const { reservedConcurrentExecutions, ...unknown } = rest;
  const { variables, ...unknownEnvironment } = environment;
  const { logGroup, ...logging } = loggingConfig;
  expectRest(
    fn,
    { unknown, unknownEnvironment, logging },
    { unknown: {}, unknownEnvironment: {}, logging: { logFormat: "Text" } },
  );
  const log = reader.owner("aws:cloudwatch/logGroup:LogGroup", "name", logGroup);
  const { retentionInDays, ...unknownLog } = log.inputs;
  expectRest(log, unknownLog, {});
  const role = reader.owner("aws:iam/role:Role", "arn", roleArn);
  const { inlinePolicies: _policies, assumeRolePolicy: _trust, ...unknownRole } = role.inputs;
  expectRest(role, unknownRole, {});
  const assumer = assumerOf(role);
  expectRest(role, assumer.account, undefined);
  const schedules = schedulesOf(fn, reader);
  const schedulers = new Set(schedules.map(({ caller }) => caller));
  return {
    bundle: code,
    handler,
    runtime,
    architecture: architectures.join(),
    memoryMb: memorySize,
    timeoutSeconds: timeout,
    logRetentionDays: retentionInDays,
    logRetained: log.retainOnDelete,
    reservedConcurrency: reservedConcurrentExecutions,
    environment: Object.fromEntries(
      Object.entries<string>(variables).map(([name, value]) => [name, reader.token(value)]),
    ),
    allowed: allowedBy(role, log, reader),
    callers: [assumer.service, ...permitted(fn, reader), ...schedulers].sort(),
    unattended: unattendedOf(fn, reader),
    schedules: schedules.map(({ facts }) => facts),
    sources: sourcesOf(fn, reader),
  };
}

/** What a resource policy of the function lets call it: our API, or our receipt rule. */
function permitted(fn: Registered, reader: GraphReader): string[] {
  return reader.all("aws:lambda/permission:Permission", "function", fn.state.arn).map((each) => {
    const { principal, function: _function, ...rest } = each.inputs;
    const limits =
      principal === "ses.amazonaws.com"
        ? { sourceArn: receiptRuleArn(reader), sourceAccount: account }
        : { sourceArn: `${reader.one("aws:apigatewayv2/api:Api").state.executionArn}/*/*` };
    expectRest(each, rest, { action: "lambda:InvokeFunction", ...limits });
    return principal;
  });
}

/** What Lambda does with calls that nobody waits for. */
function unattendedOf(fn: Registered, reader: GraphReader): FunctionFacts["unattended"] {
  const type = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
  const [config, ...others] = reader.all(type, "functionName", fn.state.name);
  expectRest(fn, others, []);
  if (!config) return undefined;
  const { maximumRetryAttempts, maximumEventAgeInSeconds, destinationConfig, ...rest } = config.inputs;
  const { onFailure, ...restOfDestinations } = destinationConfig;
  const { destination, ...restOfDestination } = onFailure;
  expectRest(
    config,
    { ...rest, ...restOfDestinations, ...restOfDestination },
    { functionName: fn.state.name, qualifier: "$LATEST" },
  );
  return {
    retries: maximumRetryAttempts,
    patienceSeconds: maximumEventAgeInSeconds,
    deadLetters: reader.token(destination).replace("queue/", ""),
  };
}

function schedulesOf(fn: Registered, reader: GraphReader) {
  return reader.all("aws:scheduler/schedule:Schedule", "target.arn", fn.state.arn).map((each) => {
    const { scheduleExpression, scheduleExpressionTimezone, state, target, ...rest } = each.inputs;
    const { retryPolicy, roleArn, arn: _arn, input: _input, ...restOfTarget } = target;
    const { maximumRetryAttempts, ...restOfRetries } = retryPolicy;
    const { name: _name, ...unknown } = rest;
    expectRest(
      each,
      { ...unknown, restOfTarget, restOfRetries },
      { flexibleTimeWindow: { mode: "OFF" }, restOfTarget: {}, restOfRetries: {} },
    );
    return {
      caller: schedulerOf(reader.owner("aws:iam/role:Role", "arn", roleArn), fn, reader),
      facts: {
        expression: scheduleExpression,
        timezone: scheduleExpressionTimezone,
        retries: maximumRetryAttempts,
        state,
      },
    };
  });
}

/** The scheduler, by a role that may call this function and nothing else. */
function schedulerOf(role: Registered, fn: Registered, reader: GraphReader): string {
  const { name: _name, inlinePolicies: _policies, assumeRolePolicy: _trust, ...unknown } = role.inputs;
  const allowed = allowedBy(role, undefined, reader);
  expectRest(role, { unknown, allowed }, { unknown: {}, allowed: [`lambda:InvokeFunction ${fn.state.arn}`] });
  const { service, account: onBehalfOf } = assumerOf(role);
  expectRest(role, onBehalfOf, account);
  return service;
}

function sourcesOf(fn: Registered, reader: GraphReader): FunctionFacts["sources"] {
  return reader
    .all("aws:lambda/eventSourceMapping:EventSourceMapping", "functionName", fn.state.arn)
    .map((each) => {
      const { eventSourceArn, batchSize, maximumBatchingWindowInSeconds, functionName, ...others } =
        each.inputs;
      const { scalingConfig, functionResponseTypes = [], ...unknown } = others;
      const { maximumConcurrency, ...restOfScaling } = scalingConfig;
      const known = functionResponseTypes.filter((type: string) => type === "ReportBatchItemFailures");
      expectRest(
        each,
        { unknown, restOfScaling, functionResponseTypes },
        {
          unknown: {},
          restOfScaling: {},
          functionResponseTypes: known,
        },
      );
      return {
        queue: reader.token(eventSourceArn).replace("queue/", ""),
        batchSize,
        windowSeconds: maximumBatchingWindowInSeconds,
        maxConcurrency: maximumConcurrency,
        reportsItemFailures: known.length > 0,
      };
    })
    .sort((one, other) => (one.queue < other.queue ? -1 : 1));
}
