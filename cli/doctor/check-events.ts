import { GetConfigurationSetEventDestinationsCommand } from "@aws-sdk/client-sesv2";
import { service } from "../../infra/service.ts";
import { deployCommands } from "../open-environment.ts";
import { findEventRule } from "./find-event-rule.ts";
import { advice, blocks, ok, skipped, type Verdict } from "./finding.ts";
import { type DeployedProbe, deployedCheck } from "./probe.ts";

/** The way of SES's events: without them nobody would learn of a bounce or a complaint. */
export const checkEvents = deployedCheck({
  name: "events",
  run: async (probe) => [await fromSes(probe), await toQueue(probe)],
});

async function fromSes({ clients, environment, stage }: DeployedProbe): Promise<Verdict> {
  const { EventDestinations = [] } = await clients.ses.send(
    new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName: environment.CONFIGURATION_SET }),
  );
  const destination = EventDestinations.find(
    (each) => each.Enabled && each.EventBridgeDestination?.EventBusArn?.endsWith(":event-bus/default"),
  );
  const deploy = deployCommands(stage);
  if (!destination) return blocks("SES hands no events to EventBridge", deploy);
  const missing = service.mail.events.filter((type) => !destination.MatchingEventTypes?.includes(type));
  if (missing.length > 0) return blocks(`SES keeps ${missing.join(", ")} to itself`, deploy);
  return ok("SES hands them to EventBridge");
}

async function toQueue({ clients, environment, stage, local }: DeployedProbe): Promise<Verdict> {
  const queue = service.mail.eventQueue;
  if (local) return skipped("this machine needs no rule for them");
  const deploy = deployCommands(stage);
  const rule = await findEventRule(clients.events, environment.CONFIGURATION_SET ?? "");
  if (!rule) return blocks(`no rule hands them on to the queue ${queue}`, deploy);
  if (!rule.enabled)
    return blocks(`the rule ${rule.name} is switched off`, `aws events enable-rule --name ${rule.name}`);
  const target = rule.targets.find(({ Arn = "" }) => /^arn:aws[\w-]*:sqs:/.test(Arn));
  if (!target) return blocks(`the rule ${rule.name} hands them to no queue`, deploy);
  if (!target.DeadLetterConfig?.Arn)
    return advice(`the rule ${rule.name} keeps nothing that the queue refuses`, deploy);
  return ok(`the rule ${rule.name} puts them on ${target.Arn?.split(":")[5]}`);
}
