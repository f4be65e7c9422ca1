import type { Context } from "hono";
import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { addItem } from "../../../core/feed/add-item.ts";
import type { FeedItem } from "../../../core/feed/feed-item.ts";
import { ItemDraft } from "../../../core/feed/item-draft.ts";
import { listItems } from "../../../core/feed/list-items.ts";
import { removeItem } from "../../../core/feed/remove-item.ts";
import { answerFields, answerProblem, problem } from "../../edge/problem.ts";
import { type AdminApp, needs } from "./admit.ts";
import { readJson } from "./read-json.ts";

const missing = problem(
  404,
  "item.missing",
  "There is no such item",
  "No item that was entered by hand has this key. stepletter items list tells which there are.",
);

/** Items in the API of admins: what an edition has, and what is entered by hand. */
export function addItemRoutes(app: AdminApp, deps: AdminDeps): void {
  const invalid = (c: Context, fields: Record<string, string>) => answerFields(c, "item.invalid", fields);

  app.get("/v1/items", needs("items:read"), async (c) => {
    const edition = c.req.query("edition");
    if (edition !== undefined && !/^\d{4}-W\d{2}$/.test(edition))
      return invalid(c, { edition: "Write the week that it is sent in, such as 2027-W10." });
    return c.json(await listItems(deps, { edition }));
  });

  app.post("/v1/items", needs("items:write"), async (c) => {
    const read = await readJson(c, ItemDraft);
    if (read.status === "invalid") return invalid(c, read.problems);
    const { status, item } = await addItem(deps, read.body);
    if (status === "of-feed") return answerProblem(c, deps, ofFeed(item));
    return c.json({ status, item: told(item) }, status === "added" ? 201 : 200);
  });

  app.delete("/v1/items/:key", needs("items:write"), async (c) => {
    const key = c.req.param("key");
    const outcome = await removeItem(deps, { key });
    if (outcome.status === "removed") return c.json({ key, status: "removed" });
    return answerProblem(c, deps, outcome.status === "closed" ? closed(outcome.edition) : missing);
  });
}

/** An item without what only its row needs. */
function told({ rev: _, ...item }: FeedItem & { rev?: number }): FeedItem {
  return item;
}

function ofFeed({ source, edition }: FeedItem) {
  return problem(
    409,
    "item.of-feed",
    "A feed has brought it",
    `The feed of ${source} has brought this page already, for edition ${edition}: it stands there once.`,
  );
}

function closed(edition: string) {
  return problem(
    409,
    "item.closed",
    "Its edition is closed",
    `It stands in edition ${edition}, which is closed: enter the same address again to correct its words.`,
  );
}
