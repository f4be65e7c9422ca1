import * as z from "zod";
import type { ZodOpenApiRequestBodyObject, ZodOpenApiResponseObject } from "zod-openapi";

/** What a program is told of a request that was refused. */
const Refusal = z
  .object({
    code: z.string().meta({ description: "Stable, for programs", example: "signup.invalid" }),
    message: z.string().meta({ description: "What is wrong and what to do, for people" }),
    fields: z.record(z.string(), z.string()).optional().meta({ description: "The same, field by field" }),
  })
  .meta({ id: "Refusal" });

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
