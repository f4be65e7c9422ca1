import type { Catalogue } from "../core/catalogue.ts";
import type { SendPacketDeps } from "../core/delivery/send-packet.ts";
import type { DispatchDeps } from "../core/dispatch.ts";
import type { PollFeedDeps } from "../core/feed/poll-feed.ts";
import type { PollFeedsDeps } from "../core/feed/poll-feeds.ts";
import { catalogue as builtCatalogue } from "../dist/catalogue.ts";
import type { Environment } from "./config.ts";
import { type AdminDeps, connectAdmin } from "./connect/admin.ts";
import { connectDispatch } from "./connect/dispatch.ts";
import type { Given } from "./connect/ground.ts";
import { connectHttp, type HttpDeps } from "./connect/http.ts";
import { connectPollFeed } from "./connect/poll-feed.ts";
import { connectPollFeeds } from "./connect/poll-feeds.ts";
import { connectRecordEvents, type RecordEventsDeps } from "./connect/record-events.ts";
import { connectSendPacket } from "./connect/send-packet.ts";

/** Everything that the domain needs, over AWS. */
export type Deps = HttpDeps &
  AdminDeps &
  DispatchDeps &
  SendPacketDeps &
  RecordEventsDeps &
  PollFeedsDeps &
  PollFeedDeps & { catalogue: Catalogue };

/**
 * Connects what all functions have, for programs that stand in for all of them; no function imports this, since
 * its bundle would hold every port.
 * @throws AppError `config.invalid` when the environment is not complete.
 */
export function connect(environment: Environment, given: Given = {}): Deps {
  return {
    ...connectAdmin(environment, given),
    ...connectPollFeeds(environment, given),
    ...connectPollFeed(environment, given),
    ...connectRecordEvents(environment, given),
    ...connectSendPacket(environment, given),
    ...connectDispatch(environment, given),
    ...connectHttp(environment, given),
    catalogue: given.catalogue ?? builtCatalogue,
  };
}
