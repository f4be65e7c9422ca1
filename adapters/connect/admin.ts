import type { AdminKeys } from "../../core/admin/admin-ports.ts";
import type { CountAudienceDeps } from "../../core/audience/count-audience.ts";
import type { CreateCampaignDeps } from "../../core/campaign/create-campaign.ts";
import type { SteerCampaignDeps } from "../../core/campaign/pause-campaign.ts";
import type { Catalogue } from "../../core/catalogue.ts";
import type { PreviewDigestDeps } from "../../core/digest/preview-digest.ts";
import type { AskPollDeps } from "../../core/feed/ask-poll.ts";
import type { KeepItemsDeps } from "../../core/feed/keep-items.ts";
import type { ImportPeopleDeps } from "../../core/import/import-people.ts";
import { courses, digestMails, feedRules, feeds, fragments, site } from "../../dist/catalogue.ts";
import { sqsClient, ssmClient } from "../clients.ts";
import type { Environment } from "../config.ts";
import { dynamoAddresses } from "../dynamodb/addresses.ts";
import { dynamoAdminKeys } from "../dynamodb/admin-keys.ts";
import { dynamoCampaigns } from "../dynamodb/campaigns.ts";
import { dynamoConsentTexts } from "../dynamodb/consent-texts.ts";
import { dynamoDigests } from "../dynamodb/digests.ts";
import { dynamoEnrolments } from "../dynamodb/enrolments.ts";
import { dynamoFeedList } from "../dynamodb/feed-list.ts";
import { dynamoFeeds } from "../dynamodb/feeds.ts";
import { dynamoItemMarks } from "../dynamodb/item-marks.ts";
import { dynamoNewcomers } from "../dynamodb/newcomers.ts";
import { dynamoNews } from "../dynamodb/news.ts";
import { dynamoNudges } from "../dynamodb/nudges.ts";
import { dynamoPackets } from "../dynamodb/packets.ts";
import { dynamoRoster } from "../dynamodb/roster.ts";
import { dynamoDigestStandings } from "../dynamodb/standings.ts";
import { dynamoSubscribers } from "../dynamodb/subscribers.ts";
import { randomIds } from "../ids.ts";
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
  PreviewDigestDeps & {
    adminKeys: AdminKeys;
    catalogue: Pick<Catalogue, "site" | "courses" | "mails" | "fragments" | "feeds" | "feedRules">;
  };

/** Rows and the roster, the bells of both lanes, and polls of feeds; no mail. */
export function connectAdmin(environment: Environment, given: Given = {}): AdminDeps {
  const { config, clock, table } = ground(environment, given);
  return {
    clock,
    catalogue: given.catalogue ?? { site, courses, fragments, mails: digestMails, feeds, feedRules },
    doorbells: sqsDoorbells(sqsClient(config), {
      now: config.SEND_NOW_QUEUE_URL,
      bulk: config.SEND_BULK_QUEUE_URL,
    }),
    ids: randomIds,
    keys: ssmKeys(ssmClient(config), config.KEYS_PARAMETER, clock.elapsed),
    addresses: dynamoAddresses(table),
    adminKeys: dynamoAdminKeys(table),
    campaigns: dynamoCampaigns(table),
    claims: dynamoAddresses(table),
    consentTexts: dynamoConsentTexts(table),
    digests: { ...dynamoDigests(table), ...dynamoDigestStandings(table) },
    enrolments: dynamoEnrolments(table),
    feedList: dynamoFeedList(table),
    feedPolls: sqsFeedPolls(sqsClient(config), config.FEED_QUEUE_URL),
    feeds: dynamoFeeds(table),
    itemMarks: dynamoItemMarks(table),
    news: dynamoNews(table),
    newcomers: dynamoNewcomers(table),
    nudges: dynamoNudges(table),
    packets: dynamoPackets(table, clock),
    publicUrl: config.PUBLIC_URL,
    roster: dynamoRoster(table),
    subscribers: dynamoSubscribers(table),
  };
}
