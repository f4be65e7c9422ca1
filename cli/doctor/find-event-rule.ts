import {
  type EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
  type Target,
} from "@aws-sdk/client-eventbridge";
import * as z from "zod";

const mostPages = 20;

const Pattern = z.object({
  source: z.array(z.string()),
  detail: z.object({ mail: z.object({ tags: z.record(z.string(), z.array(z.string())) }) }),
});

/** The rule that hands SES's events of one configuration set on, and to what. */
export interface EventRule {
  name: string;
  enabled: boolean;
  targets: Target[];
}

/** Looks through the default bus, since what a rule is called is left to whatever deployed it. */
export async function findEventRule(
  events: EventBridgeClient,
  configurationSet: string,
): Promise<EventRule | undefined> {
  let NextToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const answer = await events.send(new ListRulesCommand({ ...(NextToken && { NextToken }) }));
    const rule = answer.Rules?.find((candidate) => isFor(candidate, configurationSet));
    if (rule) {
      const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: rule.Name }));
      return { name: rule.Name ?? "", enabled: rule.State === "ENABLED", targets: Targets };
    }
    NextToken = answer.NextToken;
    if (!NextToken) break;
  }
  return undefined;
}

function isFor({ EventPattern = "{}" }: Rule, configurationSet: string): boolean {
  const { data } = Pattern.safeParse(JSON.parse(EventPattern));
  return Boolean(
    data?.source.includes("aws.ses") &&
      data.detail.mail.tags["ses:configuration-set"]?.includes(configurationSet),
  );
}
