import type { DispatchDeps } from "../../core/dispatch.ts";
import { courses, site } from "../../dist/catalogue.ts";
import { sqsClient } from "../clients.ts";
import type { Environment } from "../config.ts";
import { dynamoAddresses } from "../dynamodb/addresses.ts";
import { dynamoCampaigns } from "../dynamodb/campaigns.ts";
import { dynamoDailySlots } from "../dynamodb/daily-slots.ts";
import { dynamoDayPlans } from "../dynamodb/day-plans.ts";
import { dynamoDeliveries } from "../dynamodb/deliveries.ts";
import { dynamoDigests } from "../dynamodb/digests.ts";
import { dynamoEnrolments } from "../dynamodb/enrolments.ts";
import { dynamoNews } from "../dynamodb/news.ts";
import { dynamoNudges } from "../dynamodb/nudges.ts";
import { dynamoPackets } from "../dynamodb/packets.ts";
import { dynamoPersonRows } from "../dynamodb/person-rows.ts";
import { dynamoReminderDates } from "../dynamodb/reminder-dates.ts";
import { dynamoRoster } from "../dynamodb/roster.ts";
import { dynamoDueWork, dynamoSending } from "../dynamodb/sending.ts";
import { dynamoDigestStandings } from "../dynamodb/standings.ts";
import { dynamoSubscribers } from "../dynamodb/subscribers.ts";
import { randomIds } from "../ids.ts";
import { sqsDoorbells } from "../sqs/doorbells.ts";
import { type Given, ground, measuresOf } from "./ground.ts";

/** Rows, and the bells of both lanes; no keys and no mail. */
export function connectDispatch(environment: Environment, given: Given = {}): DispatchDeps {
  const { config, clock, table } = ground(environment, given);
  return {
    clock,
    catalogue: given.catalogue ?? { site, courses },
    ids: randomIds,
    doorbells: sqsDoorbells(sqsClient(config), {
      now: config.SEND_NOW_QUEUE_URL,
      bulk: config.SEND_BULK_QUEUE_URL,
    }),
    campaigns: dynamoCampaigns(table),
    claims: dynamoAddresses(table),
    dates: dynamoReminderDates(table),
    dayPlans: dynamoDayPlans(table),
    deliveries: dynamoDeliveries(table),
    digests: { ...dynamoDigests(table), ...dynamoDigestStandings(table) },
    enrolments: dynamoEnrolments(table),
    news: dynamoNews(table),
    nudges: dynamoNudges(table),
    packets: dynamoPackets(table, clock),
    persons: dynamoPersonRows(table),
    roster: dynamoRoster(table),
    subscribers: dynamoSubscribers(table),
    sending: dynamoSending(table),
    slots: dynamoDailySlots(table),
    dueWork: dynamoDueWork(table),
    measures: measuresOf(config, given),
  };
}
