import type { RecordEventDeps } from "../../core/delivery/record-event.ts";
import type { Environment } from "../config.ts";
import { dynamoSuppressions } from "../dynamodb/addresses.ts";
import { dynamoDeliveries } from "../dynamodb/deliveries.ts";
import { dynamoSubscribers } from "../dynamodb/subscribers.ts";
import { type Given, ground } from "./ground.ts";

/** What recording needs, and whose events are ours. */
export type RecordEventsDeps = RecordEventDeps & { configurationSet: string };

/** Rows alone. */
export function connectRecordEvents(environment: Environment, given: Given = {}): RecordEventsDeps {
  const { config, clock, table } = ground(environment, given);
  return {
    clock,
    configurationSet: config.CONFIGURATION_SET,
    deliveries: dynamoDeliveries(table),
    subscribers: dynamoSubscribers(table),
    suppressions: dynamoSuppressions(table),
  };
}
