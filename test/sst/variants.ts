import { readSettings, type Settings } from "../../infra/settings.ts";
import { evaluate } from "./evaluate.ts";
import type { Graph } from "./graph.ts";

/** What every operator has to say. */
export const required = {
  STEPLETTER_MAIL_DOMAIN: "example.org",
  STEPLETTER_ALARM_EMAIL: "ops@example.net",
};

/** What an operator with a host name of their own says besides. */
export const web = {
  STEPLETTER_WEB_DOMAIN: "news.example.org",
  STEPLETTER_CERTIFICATE_ARN: "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d",
};

/** What an operator says who receives mail by SES. */
export const receiving = { STEPLETTER_RECEIPT_RULE_SET: "inbound" };

/** A graph with the settings that it was made by. */
export async function deploy(
  stage: string,
  more: Record<string, string> = {},
): Promise<{ graph: Graph; settings: Settings }> {
  const environment = { ...required, ...more };
  const graph = await evaluate(stage, environment);
  if (graph.failure) throw new Error(graph.failure);
  return { graph, settings: readSettings(environment, stage) };
}
