import type { Catalogue } from "../core/catalogue.ts";
import type { RecordEventDeps } from "../core/delivery/record-event.ts";
import type { SendPacketDeps } from "../core/delivery/send-packet.ts";
import type { DispatchDeps } from "../core/dispatch.ts";
import type { ConfirmDeps } from "../core/subscriber/confirm.ts";
import type { SignUpDeps } from "../core/subscriber/sign-up.ts";
import type { Clock } from "../core/time/clock.ts";
import { catalogue as builtCatalogue } from "../dist/catalogue.ts";
import { createClients } from "./clients.ts";
import { systemClock } from "./clock.ts";
import { type Environment, readConfig } from "./config.ts";
import { dynamoAddresses, dynamoSuppressions } from "./dynamodb/addresses.ts";
import { dynamoDeliveries } from "./dynamodb/deliveries.ts";
import { dynamoEnrolments } from "./dynamodb/enrolments.ts";
import { dynamoPackets } from "./dynamodb/packets.ts";
import { dynamoSubscribers } from "./dynamodb/subscribers.ts";
import { randomIds } from "./ids.ts";
import { sesMailer } from "./ses/mailer.ts";
import { sqsDoorbells } from "./sqs/doorbells.ts";
import { ssmKeys } from "./ssm/keys.ts";

/** Everything that the domain needs, over AWS. */
export type Deps = SignUpDeps &
  ConfirmDeps &
  DispatchDeps &
  SendPacketDeps &
  RecordEventDeps & { configurationSet: string };

/**
 * Connects the ports to AWS, or to whatever endpoints the environment names.
 * @throws AppError `config.invalid` when the environment is not complete.
 */
export function connect(
  environment: Environment,
  given: { clock?: Clock; catalogue?: Catalogue } = {},
): Deps {
  const config = readConfig(environment);
  const clients = createClients(config);
  const clock = given.clock ?? systemClock;
  const catalogue = given.catalogue ?? builtCatalogue;
  const table = { client: clients.dynamodb, name: config.TABLE_NAME };
  return {
    clock,
    catalogue,
    ids: randomIds,
    addresses: dynamoAddresses(table),
    subscribers: dynamoSubscribers(table),
    suppressions: dynamoSuppressions(table),
    enrolments: dynamoEnrolments(table),
    packets: dynamoPackets(table),
    deliveries: dynamoDeliveries(table),
    doorbells: sqsDoorbells(clients.sqs, {
      now: config.SEND_NOW_QUEUE_URL,
      bulk: config.SEND_BULK_QUEUE_URL,
    }),
    keys: ssmKeys(clients.ssm, config.KEYS_PARAMETER, clock.elapsed),
    mailer: sesMailer(clients.ses, {
      configurationSet: config.CONFIGURATION_SET,
      from: catalogue.site.sender,
      replyTo: catalogue.site.replyTo,
    }),
    publicUrl: config.PUBLIC_URL,
    configurationSet: config.CONFIGURATION_SET,
    workSeconds: config.WORK_SECONDS,
    leaseSeconds: config.LEASE_SECONDS,
  };
}
