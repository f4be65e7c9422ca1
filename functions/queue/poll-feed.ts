import { connectPollFeed } from "../../adapters/connect/poll-feed.ts";
import { FeedPoll, pollFeed } from "../../core/feed/poll-feed.ts";
import { onSqs } from "../edge/sqs.ts";

/** Feeds queue → items. */
export const handler = onSqs(FeedPoll, pollFeed, connectPollFeed);
