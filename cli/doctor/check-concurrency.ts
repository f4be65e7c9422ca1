import { GetAccountSettingsCommand } from "@aws-sdk/client-lambda";
import { type ServiceManifest, service } from "../../infra/service.ts";
import { advice, ok } from "./finding.ts";
import type { Check } from "./probe.ts";

/** Calls of the HTTP API that should find room beside all else. */
const roomForHttp = 10;

/** Whether all functions can run at once; a new account has room for ten. */
export const checkConcurrency: Check = {
  name: "concurrency",
  onlyOnAws: true,
  async run({ clients }) {
    const { AccountLimit = {} } = await clients.lambda.send(new GetAccountSettingsCommand({}));
    const room = AccountLimit.UnreservedConcurrentExecutions ?? AccountLimit.ConcurrentExecutions ?? 0;
    const own = ownRuns(service);
    if (room >= own + roomForHttp) return [ok(`${room} functions may run at once`)];
    return [
      advice(
        `${room} functions of the account may run at once; queues and schedules take up to ${own}, so pages may be refused`,
        "aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000",
      ),
    ];
  },
};

function ownRuns({ functions }: ServiceManifest): number {
  const triggers = Object.values(functions).flatMap((spec) => spec.triggers);
  return triggers.reduce((runs, trigger) => {
    if (trigger.kind === "queue") return runs + trigger.maxConcurrency;
    return trigger.kind === "schedule" ? runs + 1 : runs;
  }, 0);
}
