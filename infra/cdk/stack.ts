import { join } from "node:path";
import { type App, CfnOutput, Stack } from "aws-cdk-lib";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { namesOf, type ServiceManifest, service } from "../service.ts";
import type { Settings } from "../settings.ts";
import { sharedEnvironment } from "../shared-environment.ts";
import { createAlarms } from "./alarms.ts";
import { resolveEnvironment } from "./environment.ts";
import { createFunction } from "./functions.ts";
import { createApi, routeAll } from "./http.ts";
import { createMail } from "./mail.ts";
import { createQueues } from "./queues.ts";
import { createTable } from "./table.ts";

/** Where the build puts the functions' bundles. */
export const bundleFolder = join(import.meta.dirname, "../../dist/functions");

/** What may differ from the ordinary, for tests and for a stage on an emulator. */
export interface StackOptions {
  manifest?: ServiceManifest;
  /** Folder of the functions' bundles, one folder each. */
  bundles?: string;
  /** Variables that every function gets besides those of the manifest. */
  environment?: Record<string, string>;
}

/** Renders the manifest as one CloudFormation stack, `NAME-STAGE`. */
export function createStack(app: App, settings: Settings, options: StackOptions = {}): Stack {
  const manifest: ServiceManifest = options.manifest ?? service;
  const stack = new Stack(app, `${manifest.name}-${settings.stage}`, {
    terminationProtection: settings.production,
  });
  const names = namesOf(manifest, settings.stage);
  const table = createTable(stack, manifest.table, settings);
  const queues = createQueues(stack, manifest);
  createMail(stack, manifest, settings, queues);
  const { api, publicUrl } = createApi(stack, settings);
  const created = { names, table, queues, publicUrl };

  for (const [name, spec] of Object.entries(manifest.functions)) {
    const environment = { ...resolveEnvironment(spec.environment, created), ...options.environment };
    const grantable = { stack, manifest, settings, table, queues };
    const handler = createFunction(name, spec, options.bundles ?? bundleFolder, environment, grantable);
    if (spec.triggers.some(({ kind }) => kind === "http")) routeAll(stack, api, handler);
  }
  createAlarms(stack, { manifest, settings, queues, api });
  new StringParameter(stack, "Environment", {
    parameterName: names.environmentParameter,
    stringValue: stack.toJsonString({
      ...resolveEnvironment(sharedEnvironment(manifest), created),
      AWS_REGION: stack.region,
    }),
  });
  new CfnOutput(stack, "PublicUrl", { value: publicUrl });
  new CfnOutput(stack, "EnvironmentParameter", { value: names.environmentParameter });
  new CfnOutput(stack, "TableName", { value: table.tableName });
  return stack;
}
