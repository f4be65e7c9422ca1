import type { PollFeedsDeps } from "../../core/feed/poll-feeds.ts";
import { feeds } from "../../dist/catalogue.ts";
import { sqsClient } from "../clients.ts";
import type { Environment } from "../config.ts";
import { dynamoFeedList } from "../dynamodb/feed-list.ts";
import { dynamoFeeds } from "../dynamodb/feeds.ts";
import { sqsFeedPolls } from "../sqs/feed-polls.ts";
import { type Given, ground, measuresOf } from "./ground.ts";

/** The states of feeds, and the queue that asks for polls. */
export function connectPollFeeds(environment: Environment, given: Given = {}): PollFeedsDeps {
  const { config, clock, table } = ground(environment, given);
  return {
    clock,
    catalogue: given.catalogue ?? { feeds },
    feeds: dynamoFeeds(table),
    feedList: dynamoFeedList(table),
    measures: measuresOf(config, given),
    feedPolls: sqsFeedPolls(sqsClient(config), config.FEED_QUEUE_URL),
  };
}
