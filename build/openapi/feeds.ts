import * as z from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { topics } from "../../core/catalogue.ts";
import { FeedChange, FeedDraft } from "../../core/feed/feed-draft.ts";
import { ItemDraft } from "../../core/feed/item-draft.ts";
import { json, refusals } from "./parts.ts";

const Feed = z
  .object({
    id: z.string(),
    title: z.string(),
    url: z.string(),
    topic: z.enum(topics),
    everyMinutes: z.int(),
    origin: z
      .enum(["built-in", "changed", "own"])
      .meta({ description: "Of the catalogue, of the catalogue as an admin has changed it, or an admin's" }),
    health: z.enum(["ok", "failing", "blocked", "waiting", "off"]),
    failures: z.int().meta({ description: "In a row" }),
    lastError: z.string().optional(),
    lastPolledAt: z.string().optional(),
    nextPollAt: z.string().optional(),
    movedTo: z.string().optional().meta({ description: "Where permanent redirects lead" }),
  })
  .meta({ id: "Feed" });
const Item = z
  .object({
    feedId: z.string().meta({ description: "`MANUAL` for what was entered by hand" }),
    key: z.string(),
    title: z.string(),
    url: z.string(),
    summary: z.string(),
    topic: z.enum(topics),
    source: z.string(),
    score: z.int().optional(),
    ceHours: z.number().optional(),
    publishedAt: z.string().optional(),
    firstSeenAt: z.string(),
    edition: z.string().optional(),
  })
  .meta({ id: "Item" });

const security = [{ adminKey: [] }];
const unknown = { "401": "No admin key, or one that is not known" };
const denied = { ...unknown, "403": "A viewer may only look" };
const unread = {
  "400": "Not readable",
  "413": "256 KB or more",
  "415": "Not JSON",
  "422": "A field is wrong",
};
const path = (name: string) => ({ path: z.object({ [name]: z.string() }) });
const feeds = { tags: ["Feeds"], security };
const items = { tags: ["Items"], security };
const sent = (schema: z.ZodType) => ({ content: { "application/json": { schema } } });
const done = (...statuses: [string, ...string[]]) => z.object({ status: z.enum(statuses) });

/** What admins call for feeds, and for the items of the digest. */
export const feedPaths: ZodOpenApiPathsObject = {
  "/v1/feeds": {
    get: {
      ...feeds,
      summary: "All feeds, with how it stands with each",
      responses: {
        "200": json("The feeds", z.object({ now: z.string(), feeds: z.array(Feed) })),
        ...refusals(unknown),
      },
    },
    post: {
      ...feeds,
      summary: "Add a feed",
      requestBody: sent(FeedDraft.meta({ id: "FeedDraft" })),
      responses: {
        "200": json("The same was there already", Feed),
        "201": json("Added", Feed),
        ...refusals({ ...denied, ...unread, "409": "The id or the address is another feed's" }),
      },
    },
  },
  "/v1/feeds/{id}": {
    get: {
      ...feeds,
      summary: "One feed",
      requestParams: path("id"),
      responses: {
        "200": json("The feed", Feed),
        ...refusals({ ...unknown, "404": "There is no such feed" }),
      },
    },
    patch: {
      ...feeds,
      summary: "Change a feed, switch it off or on, or take over the address that is proposed",
      requestParams: path("id"),
      requestBody: sent(FeedChange.meta({ id: "FeedChange" })),
      responses: {
        "200": json("The feed as it is now", Feed),
        ...refusals({
          ...denied,
          ...unread,
          "404": "There is no such feed",
          "409": "The address is another feed's, or none is proposed",
        }),
      },
    },
    delete: {
      ...feeds,
      summary: "Remove a feed of one's own, or what was changed of another",
      requestParams: path("id"),
      responses: {
        "200": json("Removed, or as in the catalogue again", done("removed", "restored")),
        ...refusals({ ...denied, "404": "There is no such feed", "409": "It is of the catalogue" }),
      },
    },
  },
  "/v1/feeds/{id}/poll": {
    post: {
      ...feeds,
      summary: "Have a feed polled at once",
      requestParams: path("id"),
      responses: {
        "202": json("It is asked for", Feed),
        ...refusals({
          ...denied,
          "404": "There is no such feed",
          "409": "It is off",
          "429": "It was polled in the last five minutes",
        }),
      },
    },
  },
  "/v1/items": {
    get: {
      ...items,
      summary: "Items of an edition; without one, of that which is open",
      requestParams: { query: z.object({ edition: z.string().optional().meta({ example: "2027-W10" }) }) },
      responses: {
        "200": json("The items", z.object({ edition: z.string(), items: z.array(Item) })),
        ...refusals({ ...unknown, "422": "This is no edition" }),
      },
    },
    post: {
      ...items,
      summary: "Enter an item by hand; the same address again corrects it",
      requestBody: sent(ItemDraft.meta({ id: "ItemDraft" })),
      responses: {
        "200": json("Changed, or known", done("changed", "known").extend({ item: Item })),
        "201": json("Added", done("added").extend({ item: Item })),
        ...refusals({ ...denied, ...unread, "409": "A feed has brought this page already" }),
      },
    },
  },
  "/v1/items/{key}": {
    delete: {
      ...items,
      summary: "Take out what was entered by hand, while its edition is open",
      requestParams: path("key"),
      responses: {
        "200": json("Taken out", done("removed").extend({ key: z.string() })),
        ...refusals({ ...denied, "404": "There is no such item", "409": "Its edition is closed" }),
      },
    },
  },
};
