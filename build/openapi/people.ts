import * as z from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { AdminKey } from "../../core/admin/admin-key.ts";
import { AuditEntry } from "../../core/admin/audit.ts";
import { KeyDraft } from "../../core/admin/create-key.ts";
import { Delivery } from "../../core/delivery/delivery.ts";
import { SubscriberChange } from "../../core/subscriber/edit-subscriber.ts";
import { Subscriber, subscriberStatuses } from "../../core/subscriber/subscriber.ts";
import { AuditQuery } from "../../functions/admin/api/audit-routes.ts";
import { EventQuery, Resolution } from "../../functions/admin/api/delivery-routes.ts";
import { PageQuery } from "../../functions/admin/api/read-page.ts";
import { FindQuery, LeaveQuery, SubscriberQuery } from "../../functions/admin/api/subscriber-routes.ts";
import { inPath, json, pageOf, posted, problems, route, sent, unread } from "./parts.ts";

const View = Subscriber.pick({
  id: true,
  address: true,
  name: true,
  zone: true,
  lists: true,
  topics: true,
  tags: true,
  suppressed: true,
  createdAt: true,
  changedAt: true,
})
  .extend({ status: z.enum(subscriberStatuses), confirmedAt: z.string().optional() })
  .meta({ id: "Subscriber" });
const Course = z
  .object({
    name: z.string(),
    title: z.string(),
    summary: z.string(),
    window: z.record(z.string(), z.unknown()),
    late: z.record(z.string(), z.unknown()),
    steps: z.array(z.object({ id: z.string(), title: z.string(), delayDays: z.int() })),
  })
  .meta({ id: "Course" });
const Key = AdminKey.extend({ id: z.string() }).meta({ id: "AdminKey" });
/** A row of the ledger. */
export const ListedDelivery = Delivery.meta({ id: "Delivery" });
const Event = z
  .object({ subscriber: z.string(), mailing: z.string(), type: z.string(), at: z.string() })
  .meta({ id: "Event" });

const reads = route("Subscribers", "subscribers:read");
const writes = route("Subscribers", "subscribers:write");
const courses = route("Courses", "courses:read");
const readsMails = route("Deliveries", "deliveries:read");
const readsKeys = route("Keys", "keys:read");
const writesKeys = route("Keys", "keys:write");
const nobody = { "404": "There is no such subscriber" };
const found = json("The subscriber", View);
const badQuery = { "422": "Something that is asked for cannot be read" };

/** What admins call for people, their mails, and each other. */
export const peoplePaths: ZodOpenApiPathsObject = {
  "/v1/subscribers": {
    get: {
      ...reads,
      summary: "Subscribers, page by page; a page may have fewer than were asked for, and go on",
      requestParams: { query: SubscriberQuery },
      responses: { "200": json("A page", pageOf(View)), ...problems(badQuery) },
    },
  },
  "/v1/subscribers/find": {
    post: {
      ...reads,
      ...posted(),
      summary: "Find a subscriber by address",
      requestBody: sent(FindQuery),
      responses: { "200": found, ...problems({ ...unread, ...nobody }) },
    },
  },
  "/v1/subscribers/{id}": {
    get: {
      ...reads,
      summary: "One subscriber",
      requestParams: inPath("id"),
      responses: { "200": found, ...problems(nobody) },
    },
    patch: {
      ...writes,
      summary: "Change name, zone, tags or topics",
      requestParams: inPath("id"),
      requestBody: sent(SubscriberChange.meta({ id: "SubscriberChange" })),
      responses: { "200": found, ...problems({ ...unread, ...nobody }) },
    },
    delete: {
      ...writes,
      summary: "Erase a subscriber, because they have asked for it",
      requestParams: inPath("id"),
      responses: {
        "200": json("Erased", z.object({ id: z.string(), status: z.literal("erased") })),
        ...problems(nobody),
      },
    },
  },
  "/v1/subscribers/{id}/leave": {
    post: {
      ...writes,
      ...posted(inPath("id")),
      summary: "Take a subscriber off one list, or off all",
      requestBody: sent(LeaveQuery),
      responses: { "200": found, ...problems({ ...unread, ...nobody }) },
    },
  },
  "/v1/subscribers/{id}/timeline": {
    get: {
      ...readsMails,
      summary: "All that was ever sent to somebody, and what comes next, when and why then",
      requestParams: inPath("id"),
      responses: { "200": json("The timeline", z.record(z.string(), z.unknown())), ...problems(nobody) },
    },
  },
  "/v1/subscribers/{id}/deliveries": {
    get: {
      ...readsMails,
      summary: "The mails of one person",
      requestParams: { ...inPath("id"), query: PageQuery },
      responses: { "200": json("A page", pageOf(ListedDelivery)), ...problems(badQuery) },
    },
  },
  "/v1/deliveries/resolve": {
    post: {
      ...route("Deliveries", "deliveries:write"),
      ...posted(),
      summary: "Decide on a mail of which nobody knows whether it went",
      requestBody: sent(Resolution),
      responses: {
        "200": json(
          "Settled, or on its way again",
          z.object({
            subscriber: z.string(),
            mailing: z.string(),
            status: z.enum(["settled", "goes-again"]),
          }),
        ),
        ...problems({ ...unread, "404": "There is no such delivery", "409": "It cannot be decided on" }),
      },
    },
  },
  "/v1/events": {
    get: {
      ...route("Events", "events:read"),
      summary: "What SES has told of one person's mails",
      requestParams: { query: EventQuery },
      responses: { "200": json("A page", pageOf(Event)), ...problems(badQuery) },
    },
  },
  "/v1/courses": {
    get: {
      ...courses,
      summary: "All courses",
      responses: { "200": json("The courses", z.object({ items: z.array(Course) })), ...problems() },
    },
  },
  "/v1/courses/{name}": {
    get: {
      ...courses,
      summary: "One course, with its steps",
      requestParams: inPath("name"),
      responses: { "200": json("The course", Course), ...problems({ "404": "There is no such course" }) },
    },
  },
  "/v1/keys": {
    get: {
      ...readsKeys,
      summary: "All keys, without the keys themselves",
      responses: { "200": json("The keys", z.object({ items: z.array(Key) })), ...problems() },
    },
    post: {
      ...writesKeys,
      ...posted(),
      summary: "Make a key; it is told this once",
      requestBody: sent(KeyDraft.meta({ id: "KeyDraft" })),
      responses: { "201": json("Made", Key.extend({ key: z.string() })), ...problems(unread) },
    },
  },
  "/v1/keys/{id}": {
    delete: {
      ...writesKeys,
      summary: "Revoke a key",
      requestParams: inPath("id"),
      responses: {
        "200": json("Revoked", z.object({ id: z.string(), status: z.literal("revoked") })),
        ...problems({ "404": "There is no such key", "409": "It is the last that can make keys" }),
      },
    },
  },
  "/v1/audit": {
    get: {
      ...readsKeys,
      summary: "What admins did on a day, the newest first",
      requestParams: { query: AuditQuery },
      responses: {
        "200": json("A page", pageOf(AuditEntry.meta({ id: "AuditEntry" }))),
        ...problems(badQuery),
      },
    },
  },
};
