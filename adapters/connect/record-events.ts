import type { RecordEventDeps } from "../../core/delivery/record-event.ts";
import { ssmClient } from "../clients.ts";
import type { Environment } from "../config.ts";
import { dynamoDeliveries } from "../dynamodb/deliveries.ts";
import { dynamoPackets } from "../dynamodb/packets.ts";
import { dynamoSubscribers } from "../dynamodb/subscribers.ts";
import { dynamoSuppressions } from "../dynamodb/suppressions.ts";
import { ssmKeys } from "../ssm/keys.ts";
import { type Given, ground, measuresOf } from "./ground.ts";

/** What recording needs, and whose events are ours. */
export type RecordEventsDeps = RecordEventDeps & { configurationSet: string };

/** Rows; and the keys, since an address that is no longer anybody's has to be hashed. */
export function connectRecordEvents(environment: Environment, given: Given = {}): RecordEventsDeps {
  const { config, clock, table } = ground(environment, given);
  return {
    clock,
    configurationSet: config.CONFIGURATION_SET,
    deliveries: dynamoDeliveries(table),
    keys: ssmKeys(ssmClient(config), config.KEYS_PARAMETER, clock.elapsed),
    packets: dynamoPackets(table, clock),
    measures: measuresOf(config, given),
    subscribers: dynamoSubscribers(table),
    suppressions: dynamoSuppressions(table),
  };
}
