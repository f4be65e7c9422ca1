import type { AdminKeys, Audit, Replays } from "../../core/admin/admin-ports.ts";
import type { CountAudienceDeps } from "../../core/audience/count-audience.ts";
import type { CreateCampaignDeps } from "../../core/campaign/create-campaign.ts";
import type { SteerCampaignDeps } from "../../core/campaign/pause-campaign.ts";
import type { PreviewCampaignDeps } from "../../core/campaign/preview-campaign.ts";
import type { TestCampaignDeps } from "../../core/campaign/test-campaign.ts";
import type { Catalogue } from "../../core/catalogue.ts";
import type { ResolveByHandDeps } from "../../core/delivery/resolve-by-hand.ts";
import type { PreviewDigestDeps } from "../../core/digest/preview-digest.ts";
import type { ExplainSubscriberDeps } from "../../core/explain/explain-subscriber.ts";
import type { FindSubscriberDeps } from "../../core/explain/find-subscriber.ts";
import type { AskPollDeps } from "../../core/feed/ask-poll.ts";
import type { KeepItemsDeps } from "../../core/feed/keep-items.ts";
import type { ImportPeopleDeps } from "../../core/import/import-people.ts";

import type { Rates } from "../../core/limit/limit-ports.ts";
import type { FinishErasingDeps } from "../../core/person/finish-erasing.ts";
import type { Deliveries, DeliveryPages } from "../../core/ports.ts";
import type { ReplanDeps } from "../../core/rhythm/replan.ts";
import type { ListSubscribersDeps } from "../../core/subscriber/list-subscribers.ts";

import type { AddSuppressionDeps } from "../../core/suppression/add-suppression.ts";
import type { ListSuppressionsDeps } from "../../core/suppression/list-suppressions.ts";
import type { RemoveSuppressionDeps } from "../../core/suppression/remove-suppression.ts";
import { courses, designs, feedRules, feeds, fragments, previewedMails, site } from "../../dist/catalogue.ts";
import { sesClient, sqsClient, ssmClient } from "../clients.ts";
import type { Environment } from "../config.ts";
import { dynamoAddresses } from "../dynamodb/addresses.ts";
import { dynamoAdminKeys } from "../dynamodb/admin-keys.ts";
import { dynamoAudit } from "../dynamodb/audit.ts";
import { dynamoCampaigns } from "../dynamodb/campaigns.ts";
import { dynamoConsentTexts } from "../dynamodb/consent-texts.ts";
import { dynamoDailySlots } from "../dynamodb/daily-slots.ts";
import { dynamoDeliveries } from "../dynamodb/deliveries.ts";
import { dynamoDigests } from "../dynamodb/digests.ts";
import { dynamoEnrolments } from "../dynamodb/enrolments.ts";
import { dynamoFeedList } from "../dynamodb/feed-list.ts";
import { dynamoFeeds } from "../dynamodb/feeds.ts";
import { dynamoHandSettlements } from "../dynamodb/hand-settlements.ts";
import { dynamoItemMarks } from "../dynamodb/item-marks.ts";
import { dynamoLimits } from "../dynamodb/limits.ts";
import { dynamoNewcomers } from "../dynamodb/newcomers.ts";
import { dynamoNews } from "../dynamodb/news.ts";
import { dynamoNudges } from "../dynamodb/nudges.ts";
import { dynamoPackets } from "../dynamodb/packets.ts";
import { dynamoPersonRows } from "../dynamodb/person-rows.ts";
import { dynamoReminderDates } from "../dynamodb/reminder-dates.ts";
import { dynamoReplays } from "../dynamodb/replays.ts";
import { dynamoRoster } from "../dynamodb/roster.ts";
import { dynamoSending } from "../dynamodb/sending.ts";
import { dynamoDigestStandings } from "../dynamodb/standings.ts";
import { dynamoSubscribers } from "../dynamodb/subscribers.ts";
import { dynamoSuppressions } from "../dynamodb/suppressions.ts";
import { randomIds } from "../ids.ts";
import { sesAccountSuppressions } from "../ses/account-suppressions.ts";
import { sqsDoorbells } from "../sqs/doorbells.ts";
import { sqsFeedPolls } from "../sqs/feed-polls.ts";
import { ssmKeys } from "../ssm/keys.ts";
import { type Given, ground } from "./ground.ts";

/** What admins and their programs need, of all that they call. */
export type AdminDeps = CreateCampaignDeps &
  SteerCampaignDeps &
  CountAudienceDeps &
  AskPollDeps &
  KeepItemsDeps &
  ImportPeopleDeps &
  ListSuppressionsDeps &
  AddSuppressionDeps &
  RemoveSuppressionDeps &
  PreviewDigestDeps &
  ExplainSubscriberDeps &
  FindSubscriberDeps &
  FinishErasingDeps &
  ListSubscribersDeps &
  ReplanDeps &
  ResolveByHandDeps &
  PreviewCampaignDeps &
  TestCampaignDeps & {
    adminKeys: AdminKeys;
    audit: Audit;
    deliveries: Deliveries;
    deliveryPages: DeliveryPages;
    rates: Rates;
    replays: Replays;
    catalogue: Pick<
      Catalogue,
      "site" | "courses" | "designs" | "mails" | "fragments" | "feeds" | "feedRules"
    >;
  };

/** Rows, all indexes, keys, the bells of both lanes, polls of feeds, the list of the account; no mail. */
export function connectAdmin(environment: Environment, given: Given = {}): AdminDeps {
  const { config, clock, table } = ground(environment, given);
  return {
    clock,
    catalogue: given.catalogue ?? {
      site,
      courses,
      fragments,
      designs,
      mails: previewedMails,
      feeds,
      feedRules,
    },
    doorbells: sqsDoorbells(sqsClient(config), {
      now: config.SEND_NOW_QUEUE_URL,
      bulk: config.SEND_BULK_QUEUE_URL,
    }),
    ids: randomIds,
    keys: ssmKeys(ssmClient(config), config.KEYS_PARAMETER, clock.elapsed),
    accountSuppressions: sesAccountSuppressions(sesClient(config)),
    addresses: dynamoAddresses(table),
    adminKeys: dynamoAdminKeys(table),
    audit: dynamoAudit(table, clock),
    campaigns: dynamoCampaigns(table),
    claims: dynamoAddresses(table),
    consentTexts: dynamoConsentTexts(table),
    dates: dynamoReminderDates(table),
    deliveries: dynamoDeliveries(table),
    deliveryPages: dynamoDeliveries(table),
    digests: { ...dynamoDigests(table), ...dynamoDigestStandings(table) },
    enrolments: dynamoEnrolments(table),
    feedList: dynamoFeedList(table),
    feedPolls: sqsFeedPolls(sqsClient(config), config.FEED_QUEUE_URL),
    feeds: dynamoFeeds(table),
    handSettlements: dynamoHandSettlements(table),
    itemMarks: dynamoItemMarks(table),
    rates: dynamoLimits(table),
    news: dynamoNews(table),
    newcomers: dynamoNewcomers(table),
    nudges: dynamoNudges(table),
    owners: dynamoAddresses(table),
    packets: dynamoPackets(table, clock),
    persons: dynamoPersonRows(table),
    publicUrl: config.PUBLIC_URL,
    replays: dynamoReplays(table, clock),
    roster: dynamoRoster(table),
    subscribers: dynamoSubscribers(table),
    sending: dynamoSending(table),
    slots: dynamoDailySlots(table),
    suppressionList: dynamoSuppressions(table),
    suppressions: dynamoSuppressions(table),
  };
}
