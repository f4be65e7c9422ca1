import * as z from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { topics } from "../../core/catalogue.ts";
import { FeedChange, FeedDraft } from "../../core/feed/feed-draft.ts";
import { ItemDraft } from "../../core/feed/item-draft.ts";
import { inPath, json, posted, problems, route, sent, unread } from "./parts.ts";

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

const readsFeeds = route("Feeds", "feeds:read");
const writesFeeds = route("Feeds", "feeds:write");
const readsItems = route("Items", "items:read");
const writesItems = route("Items", "items:write");
const done = (...statuses: [string, ...string[]]) => z.object({ status: z.enum(statuses) });

/** What admins call for feeds, and for the items of the digest. */
export const feedPaths: ZodOpenApiPathsObject = {
  "/v1/feeds": {
    get: {
      ...readsFeeds,
      summary: "All feeds, with how it stands with each",
      responses: {
        "200": json("The feeds", z.object({ now: z.string(), feeds: z.array(Feed) })),
        ...problems(),
      },
    },
    post: {
      ...writesFeeds,
      ...posted(),
      summary: "Add a feed",
      requestBody: sent(FeedDraft.meta({ id: "FeedDraft" })),
      responses: {
        "200": json("The same was there already", Feed),
        "201": json("Added", Feed),
        ...problems({ ...unread, "409": "The id or the address is another feed's" }),
      },
    },
  },
  "/v1/feeds/{id}": {
    get: {
      ...readsFeeds,
      summary: "One feed",
      requestParams: inPath("id"),
      responses: {
        "200": json("The feed", Feed),
        ...problems({ "404": "There is no such feed" }),
      },
    },
    patch: {
      ...writesFeeds,
      summary: "Change a feed, switch it off or on, or take over the address that is proposed",
      requestParams: inPath("id"),
      requestBody: sent(FeedChange.meta({ id: "FeedChange" })),
      responses: {
        "200": json("The feed as it is now", Feed),
        ...problems({
          ...unread,
          "404": "There is no such feed",
          "409": "The address is another feed's, or none is proposed",
        }),
      },
    },
    delete: {
      ...writesFeeds,
      summary: "Remove a feed of one's own, or what was changed of another",
      requestParams: inPath("id"),
      responses: {
        "200": json("Removed, or as in the catalogue again", done("removed", "restored")),
        ...problems({ "404": "There is no such feed", "409": "It is of the catalogue" }),
      },
    },
  },
  "/v1/feeds/{id}/poll": {
    post: {
      ...writesFeeds,
      ...posted(inPath("id")),
      summary: "Have a feed polled at once",
      responses: {
        "202": json("It is asked for", Feed),
        ...problems({
          ...unread,
          "404": "There is no such feed",
          "409": "It is off",
          "429": "It was polled in the last five minutes, or more than 600 requests a minute",
        }),
      },
    },
  },
  "/v1/items": {
    get: {
      ...readsItems,
      summary: "Items of an edition; without one, of that which is open",
      requestParams: { query: z.object({ edition: z.string().optional().meta({ example: "2027-W10" }) }) },
      responses: {
        "200": json("The items", z.object({ edition: z.string(), items: z.array(Item) })),
        ...problems({ "422": "This is no edition" }),
      },
    },
    post: {
      ...writesItems,
      ...posted(),
      summary: "Enter an item by hand; the same address again corrects it",
      requestBody: sent(ItemDraft.meta({ id: "ItemDraft" })),
      responses: {
        "200": json("Changed, or known", done("changed", "known").extend({ item: Item })),
        "201": json("Added", done("added").extend({ item: Item })),
        ...problems({ ...unread, "409": "A feed has brought this page already" }),
      },
    },
  },
  "/v1/items/{key}": {
    delete: {
      ...writesItems,
      summary: "Take out what was entered by hand, while its edition is open",
      requestParams: inPath("key"),
      responses: {
        "200": json("Taken out", done("removed").extend({ key: z.string() })),
        ...problems({ "404": "There is no such item", "409": "Its edition is closed" }),
      },
    },
  },
};
