import { App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { readSettings } from "../settings.ts";
import { readExtraEnvironment } from "./extra-environment.ts";
import { createStack } from "./stack.ts";

try {
  const app = new App();
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const stage = String(app.node.tryGetContext("stage") ?? "production");
  const settings = readSettings(process.env, stage);
  const environment = readExtraEnvironment(app.node.tryGetContext("environment"), settings);
  createStack(app, settings, { environment });
  app.synth();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
