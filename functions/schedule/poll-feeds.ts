import { connectPollFeeds } from "../../adapters/connect/poll-feeds.ts";
import { pollFeeds } from "../../core/feed/poll-feeds.ts";
import { onSchedule } from "../edge/schedule.ts";

/** Every quarter of an hour: asks for the feeds that are due. */
export const handler = onSchedule(pollFeeds, connectPollFeeds);
