import type { AdminKeys } from "../../core/admin/admin-ports.ts";
import type { CreateCampaignDeps } from "../../core/campaign/create-campaign.ts";
import type { PauseCampaignDeps } from "../../core/campaign/pause-campaign.ts";
import type { Catalogue } from "../../core/catalogue.ts";
import type { MarkDoneDeps } from "../../core/course/mark-done.ts";
import type { OpenProgressDeps } from "../../core/progress/open-progress.ts";
import type { RemoveDateDeps } from "../../core/reminder/remove-date.ts";
import type { SetDateDeps } from "../../core/reminder/set-date.ts";
import type { ConfirmDeps } from "../../core/subscriber/confirm.ts";
import type { UnsubscribeDeps } from "../../core/subscriber/unsubscribe.ts";
import type { SignUpByCallDeps } from "../../core/webhook/sign-up-by-call.ts";
import { courses, pages, site } from "../../dist/catalogue.ts";
import { sqsClient, ssmClient } from "../clients.ts";
import type { Environment } from "../config.ts";
import { dynamoAddresses, dynamoSuppressions } from "../dynamodb/addresses.ts";
import { dynamoAdminKeys } from "../dynamodb/admin-keys.ts";
import { dynamoCampaigns } from "../dynamodb/campaigns.ts";
import { dynamoDeliveries } from "../dynamodb/deliveries.ts";
import { dynamoDigests } from "../dynamodb/digests.ts";
import { dynamoEnrolments } from "../dynamodb/enrolments.ts";
import { dynamoPackets } from "../dynamodb/packets.ts";
import { dynamoReminderDates } from "../dynamodb/reminder-dates.ts";
import { dynamoSubscribers } from "../dynamodb/subscribers.ts";
import { dynamoWebhookCalls } from "../dynamodb/webhook-calls.ts";
import { randomIds } from "../ids.ts";
import { sqsDoorbells } from "../sqs/doorbells.ts";
import { ssmKeys } from "../ssm/keys.ts";
import { type Given, ground } from "./ground.ts";

/** What the pages, the webhooks and the API of admins need, of all that they call. */
export type HttpDeps = SignUpByCallDeps &
  ConfirmDeps &
  UnsubscribeDeps &
  OpenProgressDeps &
  MarkDoneDeps &
  SetDateDeps &
  RemoveDateDeps &
  CreateCampaignDeps &
  PauseCampaignDeps & { adminKeys: AdminKeys; catalogue: Pick<Catalogue, "site" | "courses" | "pages"> };

/** Rows, keys, and the bell of the lane `now`; no mail. */
export function connectHttp(environment: Environment, given: Given = {}): HttpDeps {
  const { config, clock, table } = ground(environment, given);
  return {
    clock,
    catalogue: given.catalogue ?? { site, courses, pages },
    ids: randomIds,
    keys: ssmKeys(ssmClient(config), config.KEYS_PARAMETER, clock.elapsed),
    doorbells: sqsDoorbells(sqsClient(config), {
      now: config.SEND_NOW_QUEUE_URL,
      bulk: config.SEND_BULK_QUEUE_URL,
    }),
    addresses: dynamoAddresses(table),
    adminKeys: dynamoAdminKeys(table),
    calls: dynamoWebhookCalls(table),
    campaigns: dynamoCampaigns(table),
    dates: dynamoReminderDates(table),
    deliveries: dynamoDeliveries(table),
    digests: dynamoDigests(table),
    enrolments: dynamoEnrolments(table),
    packets: dynamoPackets(table, clock),
    subscribers: dynamoSubscribers(table),
    suppressions: dynamoSuppressions(table),
  };
}
