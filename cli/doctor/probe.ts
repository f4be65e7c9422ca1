import type { Resolver } from "node:dns/promises";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import type { SESv2Client } from "@aws-sdk/client-sesv2";
import type { SQSClient } from "@aws-sdk/client-sqs";
import type { SSMClient } from "@aws-sdk/client-ssm";
import type { STSClient } from "@aws-sdk/client-sts";
import type { Site } from "../../core/catalogue.ts";
import type { namesOf } from "../../infra/service.ts";
import type { FunctionEnvironment, Place } from "../open-environment.ts";
import type { Verdict } from "./finding.ts";

/** What a check may look at. */
export interface Probe {
  stage: string;
  /** Whether it is a service on this machine. */
  local: boolean;
  names: ReturnType<typeof namesOf>;
  /** Where the environment of a stage is written; a failure to read it is one of the check `deployment`. */
  place: Place;
  clients: {
    dynamodb: DynamoDBClient;
    sqs: SQSClient;
    ssm: SSMClient;
    ses: SESv2Client;
    sts: STSClient;
    lambda: LambdaClient;
    events: EventBridgeClient;
  };
  /** @throws Error when none is set. */
  region(): Promise<string>;
  /** By how much this machine's clock is ahead of AWS's, as its last answer said. */
  clockAheadMs(): number | undefined;
  /** What the operator has decided, as of `.env`; the stage decides which are read. */
  variables: Record<string, string | undefined>;
  /** The settings of the site; undefined if they cannot be read. */
  site: Site | undefined;
  resolver: Pick<Resolver, "resolveMx" | "resolveTxt">;
  /** What the functions have as their environment; undefined before the deployment. */
  environment: FunctionEnvironment | undefined;
}

/** One thing to look at. */
export interface Check {
  name: string;
  /** Whether there is no such thing on one machine. */
  onlyOnAws?: boolean;
  /** Whether it asks AWS nothing, so that it runs without credentials. */
  offline?: boolean;
  /** Whether the stack makes what it looks at. */
  needsDeployment?: boolean;
  run(probe: Probe): Promise<Verdict[]>;
}

/** A check of a deployed service. */
export type DeployedProbe = Probe & { environment: FunctionEnvironment };

/** A check of what the stack makes: it runs once there is an environment. */
export function deployedCheck(
  check: Omit<Check, "run" | "needsDeployment"> & { run(probe: DeployedProbe): Promise<Verdict[]> },
): Check {
  return {
    ...check,
    needsDeployment: true,
    run: async (probe) => {
      const { environment } = probe;
      return environment ? check.run({ ...probe, environment }) : [];
    },
  };
}
