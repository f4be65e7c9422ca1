import type { SQSClient } from "@aws-sdk/client-sqs";
import type { FeedPolls } from "../../core/feed/feed-ports.ts";
import type { FeedPoll } from "../../core/feed/poll-feed.ts";
import { sendBatches } from "./send-batch.ts";

/** Asks for polls over SQS: one message per feed. */
export function sqsFeedPolls(client: SQSClient, queueUrl: string): FeedPolls {
  return {
    ask: (feedIds) =>
      sendBatches(
        client,
        queueUrl,
        feedIds.map((feedId): FeedPoll => ({ v: 1, feedId })),
      ),
  };
}
