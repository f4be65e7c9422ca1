import type { LeaveByMailDeps } from "../../core/subscriber/leave-by-mail.ts";
import { ssmClient } from "../clients.ts";
import type { Environment } from "../config.ts";
import { dynamoSubscribers } from "../dynamodb/subscribers.ts";
import { ssmKeys } from "../ssm/keys.ts";
import { type Given, ground, measuresOf } from "./ground.ts";

/** The subscriber's row, and the keys that tell whether a token is ours. */
export function connectReceiveLeave(environment: Environment, given: Given = {}): LeaveByMailDeps {
  const { config, clock, table } = ground(environment, given);
  return {
    clock,
    keys: ssmKeys(ssmClient(config), config.KEYS_PARAMETER, clock.elapsed),
    measures: measuresOf(config, given),
    subscribers: dynamoSubscribers(table),
  };
}
