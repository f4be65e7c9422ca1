import type { SendPacketDeps } from "../../core/delivery/send-packet.ts";
import { sharedPace } from "../../core/pace/shared-pace.ts";
import { courses, credentials, fragments, mails, site } from "../../dist/catalogue.ts";
import { sesClient, ssmClient } from "../clients.ts";
import type { Environment } from "../config.ts";
import { dynamoCampaigns } from "../dynamodb/campaigns.ts";
import { dynamoCeLog } from "../dynamodb/ce-log.ts";
import { dynamoDailySlots } from "../dynamodb/daily-slots.ts";
import { dynamoDayPlans } from "../dynamodb/day-plans.ts";
import { dynamoDeliveries } from "../dynamodb/deliveries.ts";
import { dynamoEnrolments } from "../dynamodb/enrolments.ts";
import { dynamoNews } from "../dynamodb/news.ts";
import { dynamoLastQuota, dynamoPlaces } from "../dynamodb/pace.ts";
import { dynamoPackets } from "../dynamodb/packets.ts";
import { dynamoReminderDates } from "../dynamodb/reminder-dates.ts";
import { dynamoSending } from "../dynamodb/sending.ts";
import { dynamoSubscribers } from "../dynamodb/subscribers.ts";
import { dynamoSuppressions } from "../dynamodb/suppressions.ts";
import { randomIds } from "../ids.ts";
import { sesMailer } from "../ses/mailer.ts";
import { sesQuota } from "../ses/quota.ts";
import { ssmKeys } from "../ssm/keys.ts";
import { type Given, ground, measuresOf } from "./ground.ts";

/** Rows, keys and mail; it rings for nobody. */
export function connectSendPacket(environment: Environment, given: Given = {}): SendPacketDeps {
  const { config, clock, table } = ground(environment, given);
  const catalogue = given.catalogue ?? { site, courses, credentials, mails, fragments };
  const ses = sesClient(config);
  return {
    clock,
    catalogue,
    ids: randomIds,
    keys: ssmKeys(ssmClient(config), config.KEYS_PARAMETER, clock.elapsed),
    mailer: sesMailer(ses, {
      configurationSet: config.CONFIGURATION_SET,
      from: catalogue.site.sender,
      replyTo: catalogue.site.replyTo,
    }),
    campaigns: dynamoCampaigns(table),
    ceLog: dynamoCeLog(table),
    dates: dynamoReminderDates(table),
    dayPlans: dynamoDayPlans(table),
    deliveries: dynamoDeliveries(table),
    enrolments: dynamoEnrolments(table),
    news: dynamoNews(table),
    packets: dynamoPackets(table, clock),
    subscribers: dynamoSubscribers(table),
    suppressions: dynamoSuppressions(table),
    sending: dynamoSending(table),
    slots: dynamoDailySlots(table),
    pace: sharedPace({
      clock,
      places: dynamoPlaces(table),
      quota: sesQuota(ses, dynamoLastQuota(table), clock.elapsed),
    }),
    measures: measuresOf(config, given),
    publicUrl: config.PUBLIC_URL,
    workSeconds: config.WORK_SECONDS,
    leaseSeconds: config.LEASE_SECONDS,
  };
}
