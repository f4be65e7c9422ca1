import { AppError } from "../errors.ts";
import { joinFeed } from "./feed-list.ts";
import type { ListFeedsDeps } from "./list-feeds.ts";

export type RemoveFeedOutcome =
  /** `restored`: it is of the catalogue, and is again as it stands there. */
  | { status: "removed" | "restored" }
  | { status: "missing" }
  /** It is of the catalogue, and nobody has changed it. */
  | { status: "built-in" };

const patience = 3;

/**
 * Removes a feed that an admin has added, or what an admin has changed of another; what it has brought stays.
 * @throws AppError `feed.contended` when others are always first.
 */
export async function removeFeed(deps: ListFeedsDeps, { id }: { id: string }): Promise<RemoveFeedOutcome> {
  for (let tries = 0; tries < patience; tries++) {
    const row = await deps.feedList.find(id);
    const feed = joinFeed(deps.catalogue.feeds, id, row);
    if (!feed) return { status: "missing" };
    if (!row) return { status: "built-in" };
    if (!(await deps.feedList.remove(row))) continue;
    if (feed.origin === "changed") return { status: "restored" };
    await deps.feeds.forgetState(id);
    return { status: "removed" };
  }
  throw new AppError("unavailable", "feed.contended", "Somebody else changes this feed at this moment");
}
