import type { AdminKeys } from "../core/admin/admin-ports.ts";
import type { Catalogue } from "../core/catalogue.ts";
import type { RecordEventDeps } from "../core/delivery/record-event.ts";
import type { SendPacketDeps } from "../core/delivery/send-packet.ts";
import type { DispatchDeps } from "../core/dispatch.ts";
import type { PollFeedDeps } from "../core/feed/poll-feed.ts";
import type { PollFeedsDeps } from "../core/feed/poll-feeds.ts";
import type { OpenProgressDeps } from "../core/progress/open-progress.ts";
import type { ConfirmDeps } from "../core/subscriber/confirm.ts";
import type { SignUpDeps } from "../core/subscriber/sign-up.ts";
import type { Clock } from "../core/time/clock.ts";
import type { SignUpByCallDeps } from "../core/webhook/sign-up-by-call.ts";
import { catalogue as builtCatalogue } from "../dist/catalogue.ts";
import { createClients } from "./clients.ts";
import { systemClock } from "./clock.ts";
import { type Environment, readConfig } from "./config.ts";
import { dynamoAddresses, dynamoSuppressions } from "./dynamodb/addresses.ts";
import { dynamoAdminKeys } from "./dynamodb/admin-keys.ts";
import { dynamoCampaigns } from "./dynamodb/campaigns.ts";
import { dynamoDeliveries } from "./dynamodb/deliveries.ts";
import { dynamoDigests } from "./dynamodb/digests.ts";
import { dynamoEnrolments } from "./dynamodb/enrolments.ts";
import { dynamoFeeds } from "./dynamodb/feeds.ts";
import { dynamoNews } from "./dynamodb/news.ts";
import { dynamoPackets } from "./dynamodb/packets.ts";
import { dynamoReminderDates } from "./dynamodb/reminder-dates.ts";
import { dynamoRoster } from "./dynamodb/roster.ts";
import { dynamoSubscribers } from "./dynamodb/subscribers.ts";
import { dynamoWebhookCalls } from "./dynamodb/webhook-calls.ts";
import { httpFeedReader } from "./feeds/read-feed.ts";
import { randomIds } from "./ids.ts";
import { sesMailer } from "./ses/mailer.ts";
import { sqsDoorbells } from "./sqs/doorbells.ts";
import { sqsFeedPolls } from "./sqs/feed-polls.ts";
import { ssmKeys } from "./ssm/keys.ts";

/** Everything that the domain needs, over AWS. */
export type Deps = SignUpDeps &
  SignUpByCallDeps &
  OpenProgressDeps &
  ConfirmDeps &
  DispatchDeps &
  SendPacketDeps &
  PollFeedDeps &
  PollFeedsDeps &
  RecordEventDeps & { configurationSet: string; adminKeys: AdminKeys };

/**
 * Connects the ports to AWS, or to whatever endpoints the environment names.
 * @throws AppError `config.invalid` when the environment is not complete.
 */
export function connect(
  environment: Environment,
  given: { clock?: Clock; catalogue?: Catalogue; trustedFeedOrigin?: string } = {},
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
    digests: dynamoDigests(table),
    news: dynamoNews(table),
    feeds: dynamoFeeds(table),
    feedPolls: sqsFeedPolls(clients.sqs, config.FEED_QUEUE_URL),
    feedReader: httpFeedReader({
      publicUrl: config.PUBLIC_URL,
      ...(given.trustedFeedOrigin && { trustedOrigin: given.trustedFeedOrigin }),
    }),
    packets: dynamoPackets(table),
    campaigns: dynamoCampaigns(table),
    roster: dynamoRoster(table),
    adminKeys: dynamoAdminKeys(table),
    deliveries: dynamoDeliveries(table),
    dates: dynamoReminderDates(table),
    calls: dynamoWebhookCalls(table),
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
