import type { Context } from "hono";
import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { addFeed } from "../../../core/feed/add-feed.ts";
import { askPoll } from "../../../core/feed/ask-poll.ts";
import { editFeed } from "../../../core/feed/edit-feed.ts";
import { FeedChange, FeedDraft } from "../../../core/feed/feed-draft.ts";
import { findFeed, listFeeds } from "../../../core/feed/list-feeds.ts";
import { removeFeed } from "../../../core/feed/remove-feed.ts";
import { answerFields, answerProblem } from "../../edge/problem.ts";
import { type AdminApp, needs } from "./admit.ts";
import { feedRefusals, sameAddress, tooSoon } from "./feed-refusals.ts";
import { readJson } from "./read-json.ts";

/** Feeds in the API of admins: which there are, how it stands with them, and what an admin changes. */
export function addFeedRoutes(app: AdminApp, deps: AdminDeps): void {
  const answer = async (c: Context, id: string, status: 200 | 201 | 202 = 200) => {
    const report = await findFeed(deps, id);
    return report ? c.json(report, status) : answerProblem(c, deps, feedRefusals.missing);
  };
  const invalid = (c: Context, fields: Record<string, string>) => answerFields(c, "feed.invalid", fields);

  app.get("/v1/feeds", needs("feeds:read"), async (c) =>
    c.json({ now: deps.clock.now(), feeds: await listFeeds(deps) }),
  );
  app.get("/v1/feeds/:id", needs("feeds:read"), (c) => answer(c, c.req.param("id")));

  app.post("/v1/feeds", needs("feeds:write"), async (c) => {
    const read = await readJson(c, FeedDraft);
    if (read.status === "invalid") return invalid(c, read.problems);
    const outcome = await addFeed(deps, read.body);
    if (outcome.status === "taken") return answerProblem(c, deps, feedRefusals.taken);
    if (outcome.status === "same-address") return answerProblem(c, deps, sameAddress(outcome.other));
    return answer(c, read.body.id, outcome.status === "added" ? 201 : 200);
  });

  app.patch("/v1/feeds/:id", needs("feeds:write"), async (c) => {
    const id = c.req.param("id");
    const read = await readJson(c, FeedChange);
    if (read.status === "invalid") return invalid(c, read.problems);
    const outcome = await editFeed(deps, { id, change: read.body });
    if (outcome.status === "changed") return answer(c, id);
    if (outcome.status === "same-address") return answerProblem(c, deps, sameAddress(outcome.other));
    return answerProblem(c, deps, feedRefusals[outcome.status]);
  });

  app.delete("/v1/feeds/:id", needs("feeds:write"), async (c) => {
    const id = c.req.param("id");
    const { status } = await removeFeed(deps, { id });
    return status === "removed" || status === "restored"
      ? c.json({ id, status })
      : answerProblem(c, deps, feedRefusals[status]);
  });

  app.post("/v1/feeds/:id/poll", needs("feeds:write"), async (c) => {
    const id = c.req.param("id");
    const outcome = await askPoll(deps, { id });
    if (outcome.status === "asked") return answer(c, id, 202);
    if (outcome.status === "too-soon") return answerProblem(c, deps, tooSoon(outcome.polledAt));
    return answerProblem(c, deps, feedRefusals[outcome.status]);
  });
}
