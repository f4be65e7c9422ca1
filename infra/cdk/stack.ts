import { join } from "node:path";
import { type App, CfnOutput, Stack } from "aws-cdk-lib";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { publishedEnvironment } from "../published-environment.ts";
import { deployedBy, namesOf, type ServiceManifest, service } from "../service.ts";
import type { Settings } from "../settings.ts";
import { readUnsubscribeMailbox } from "../unsubscribe-mailbox.ts";
import { createAlarms } from "./alarms.ts";
import { resolveEnvironment } from "./environment.ts";
import { createFunction } from "./functions.ts";
import { createApi, routeTo } from "./http.ts";
import { createMail } from "./mail.ts";
import { createQueues } from "./queues.ts";
import { receiveMail } from "./receiving.ts";
import { createTable } from "./table.ts";

const root = join(import.meta.dirname, "../..");

/** Where the build puts the functions' bundles. */
export const bundleFolder = join(root, "dist/functions");

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
  const manifest = deployedBy(options.manifest ?? service, settings);
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
    for (const trigger of spec.triggers) {
      if (trigger.kind === "http") routeTo(stack, api, name, handler, trigger);
      if (trigger.kind === "mail")
        receiveMail(name, trigger, handler, { ...grantable, mailbox: readUnsubscribeMailbox(root) });
    }
  }
  createAlarms(stack, { manifest, settings, queues, api });
  new StringParameter(stack, "Environment", {
    parameterName: names.environmentParameter,
    stringValue: stack.toJsonString({
      ...resolveEnvironment(publishedEnvironment(manifest, settings), created),
      AWS_REGION: stack.region,
    }),
  });
  new CfnOutput(stack, "PublicUrl", { value: publicUrl });
  new CfnOutput(stack, "EnvironmentParameter", { value: names.environmentParameter });
  new CfnOutput(stack, "TableName", { value: table.tableName });
  return stack;
}
