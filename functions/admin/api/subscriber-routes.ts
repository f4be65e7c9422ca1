import type { Context } from "hono";
import * as z from "zod";
import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { explainSubscriber } from "../../../core/explain/explain-subscriber.ts";
import { findSubscriber } from "../../../core/explain/find-subscriber.ts";
import { eraseSubscriber } from "../../../core/person/erase-subscriber.ts";
import { editSubscriber, SubscriberChange } from "../../../core/subscriber/edit-subscriber.ts";
import { listSubscribers, SubscriberFilter, viewOf } from "../../../core/subscriber/list-subscribers.ts";
import { takeOffLists } from "../../../core/subscriber/take-off-lists.ts";
import { answerDetails, answerFields, problem } from "../../edge/problem.ts";
import { type AdminApp, needs } from "./admit.ts";
import { readJson } from "./read-json.ts";
import { PageQuery, pageBody } from "./read-page.ts";
import { readQuery } from "./read-query.ts";

const missing = problem(
  404,
  "subscriber.missing",
  "There is no such subscriber",
  "Nobody has this id. POST /v1/subscribers/find tells the id of an address.",
);

/** A page of subscribers, of those whom a filter shows. */
export const SubscriberQuery = PageQuery.extend(SubscriberFilter.shape);
/** Addresses stand in no URL: whoever looks for one sends it in the body. */
export const FindQuery = z.strictObject({ address: z.string("Write an e-mail address.") });
/** Which list is left; all of them without one. */
export const LeaveQuery = z.strictObject({ list: z.string("Write the name of a list.").exactOptional() });

/** Subscribers, for admins: found, changed, taken off lists, erased; joined by nobody but themselves. */
export function addSubscriberRoutes(app: AdminApp, deps: AdminDeps): void {
  const invalid = (c: Context, fields: Record<string, string>) =>
    answerFields(c, "subscriber.invalid", fields);
  const answer = async (c: Context, id: string) => {
    const subscriber = await deps.subscribers.load(id);
    const isThere = subscriber && subscriber.todo.erase === undefined;
    return isThere ? c.json(viewOf(subscriber)) : answerDetails(c, missing);
  };

  app.get("/v1/subscribers", needs("subscribers:read"), async (c) => {
    const read = readQuery(c, SubscriberQuery);
    if (read.status === "invalid") return answerFields(c, "query.invalid", read.problems);
    const page = await listSubscribers(deps, read.body);
    return c.json(pageBody(page.items, page.cursor));
  });

  app.post("/v1/subscribers/find", needs("subscribers:read"), async (c) => {
    const read = await readJson(c, FindQuery);
    if (read.status === "invalid") return invalid(c, read.problems);
    const found = read.body.address.includes("@")
      ? await findSubscriber(deps, read.body.address)
      : ({ status: "no-address" } as const);
    if (found.status === "no-address") return invalid(c, { address: "Write an e-mail address." });
    return found.status === "found" ? answer(c, found.id) : answerDetails(c, missing);
  });

  app.get("/v1/subscribers/:id", needs("subscribers:read"), (c) => answer(c, c.req.param("id")));

  app.patch("/v1/subscribers/:id", needs("subscribers:write"), async (c) => {
    const id = c.req.param("id");
    const read = await readJson(c, SubscriberChange);
    if (read.status === "invalid") return invalid(c, read.problems);
    const outcome = await editSubscriber(deps, { id, change: read.body });
    return outcome.status === "changed" ? answer(c, id) : answerDetails(c, missing);
  });

  app.post("/v1/subscribers/:id/leave", needs("subscribers:write"), async (c) => {
    const id = c.req.param("id");
    const read = await readJson(c, LeaveQuery);
    if (read.status === "invalid") return invalid(c, read.problems);
    const outcome = await takeOffLists(deps, { subscriberId: id, list: read.body.list });
    return outcome.status === "left" ? answer(c, id) : answerDetails(c, missing);
  });

  app.delete("/v1/subscribers/:id", needs("subscribers:write"), async (c) => {
    const id = c.req.param("id");
    const { status } = await eraseSubscriber(deps, { id });
    return status === "erased" ? c.json({ id, status }) : answerDetails(c, missing);
  });

  app.get("/v1/subscribers/:id/timeline", needs("deliveries:read"), async (c) => {
    const explained = await explainSubscriber(deps, c.req.param("id"));
    return explained ? c.json(explained) : answerDetails(c, missing);
  });
}
