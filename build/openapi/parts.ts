import * as z from "zod";
import type { ZodOpenApiRequestBodyObject, ZodOpenApiResponseObject } from "zod-openapi";
import type { Scope } from "../../core/admin/scopes.ts";

/** What a program is told of a request that was refused. */
const Refusal = z
  .object({
    code: z.string().meta({ description: "Stable, for programs", example: "signup.invalid" }),
    message: z.string().meta({ description: "What is wrong and what to do, for people" }),
    fields: z.record(z.string(), z.string()).optional().meta({ description: "The same, field by field" }),
  })
  .meta({ id: "Refusal" });

/** What a program is told of a call of the API that was refused (RFC 9457). */
const Problem = z
  .object({
    type: z.string().meta({ example: "urn:stepletter:problem:campaign.missing" }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: "What to do, for people" }),
    code: z.string().meta({ description: "Stable, for programs", example: "campaign.missing" }),
    fields: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: "What is wrong with each field, and what to do" }),
  })
  .meta({ id: "Problem" });

/** What every call of the API may be answered with, whatever it asks. */
const always = {
  "401": "No admin key, or one that is not known",
  "403": "The key lacks the scope",
  "429": "More than 600 requests a minute",
};
/** What a request with a body may be answered with besides. */
export const unread = {
  "400": "Not readable",
  "409": "The first request with this Idempotency-Key is still being carried out",
  "413": "256 KB or more",
  "415": "Not JSON",
  "422": "A field is wrong, or the Idempotency-Key was used for another request",
};

/** What a call of the API is refused with, by status; `told` says what a status means here. */
export function problems(told: Record<string, string> = {}): Refusals {
  return Object.fromEntries(
    Object.entries({ ...always, ...told }).map(([status, description]) => [
      status,
      { description, content: { "application/problem+json": { schema: Problem } } },
    ]),
  ) as Refusals;
}

/** A body in JSON. */
export const sent = (schema: z.ZodType) => ({ content: { "application/json": { schema } } });

/** A part of a path. */
export const inPath = (name: string) => ({ path: z.object({ [name]: z.string() }) });

/** A page of a list; `next` is the cursor of the one behind it. */
export const pageOf = (schema: z.ZodType) =>
  z.object({ items: z.array(schema), next: z.string().optional() });

const replayable = {
  header: z.object({
    "Idempotency-Key": z.string().optional().meta({
      description: "Any text of your own: the same request under the same key is carried out once in a day",
    }),
  }),
};

/** What a route asks of its key, and where it stands in the description. */
export function route(tag: string, scope: Scope) {
  return { tags: [tag], security: [{ adminKey: [scope] }] };
}

/** The parameters of a POST: those of its path, and an `Idempotency-Key`. */
export function posted(path?: ReturnType<typeof inPath>) {
  return { requestParams: { ...path, ...replayable } };
}

/** The answer to a signup. */
export const CheckInbox = z
  .object({
    status: z.literal("check-inbox"),
    thankYou: z.string().optional().meta({ description: "Where the form's site would like people to go" }),
  })
  .meta({ id: "CheckInbox" });

/** What a refused request is answered with, by status. */
type Refusals = Partial<Record<`4${number}${number}`, ZodOpenApiResponseObject>>;

/** An answer in JSON. */
export function json(description: string, schema: z.ZodType): ZodOpenApiResponseObject {
  return { description, content: { "application/json": { schema } } };
}

/** Answers that a program gets where something is wrong, by status. */
export function refusals(told: Record<string, string>): Refusals {
  return Object.fromEntries(
    Object.entries(told).map(([status, description]) => [status, json(description, Refusal)]),
  ) as Refusals;
}

/** A page; a script of ours, or a style, has a media type of its own. */
export function page(description: string, type = "text/html"): ZodOpenApiResponseObject {
  return { description, content: { [type]: { schema: z.string() } } };
}

/** A field of a form, as browsers send it. */
export const field = (description: string, example?: string) =>
  z
    .string()
    .optional()
    .meta({ description, ...(example !== undefined && { example }) });

/** A form as browsers post it. */
export function form(fields: Record<string, z.ZodType>): ZodOpenApiRequestBodyObject {
  return { content: { "application/x-www-form-urlencoded": { schema: z.object(fields) } } };
}

/** The part of a path that is a link's token. */
export const token = z.string().meta({ description: "The signed token of a link in a mail" });
