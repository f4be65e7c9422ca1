import type { PollFeedDeps } from "../../core/feed/poll-feed.ts";
import { feedRules, feeds, site } from "../../dist/catalogue.ts";
import type { Environment } from "../config.ts";
import { dynamoFeedList } from "../dynamodb/feed-list.ts";
import { dynamoFeeds } from "../dynamodb/feeds.ts";
import { dynamoItemMarks } from "../dynamodb/item-marks.ts";
import { httpFeedReader } from "../feeds/read-feed.ts";
import { type Given, ground } from "./ground.ts";

/** Rows of feeds, and the hosts of strangers. */
export function connectPollFeed(environment: Environment, given: Given = {}): PollFeedDeps {
  const { config, clock, table } = ground(environment, given);
  return {
    clock,
    catalogue: given.catalogue ?? { feeds, feedRules },
    feeds: dynamoFeeds(table),
    feedList: dynamoFeedList(table),
    itemMarks: dynamoItemMarks(table),
    feedReader: httpFeedReader({
      publicUrl: config.PUBLIC_URL,
      contact: site.replyTo,
      ...(given.trustedFeedOrigin && { trustedOrigin: given.trustedFeedOrigin }),
    }),
  };
}
