import * as z from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { DoorFields, SignUpFields } from "../../functions/http/sign-up-fields.ts";
import { CheckInbox, json, page, refusals } from "./parts.ts";

const source = z.string().meta({ description: "The name of a source, as `stepletter sources list` has it" });
const Signup = DoorFields.extend({
  started: z.string().optional().meta({ description: "What …/start answered, two seconds to a day ago" }),
}).meta({ id: "Signup" });
const Started = z.object({ started: z.string() }).meta({ id: "Started" });
const OneOf = z.union([SignUpFields, z.object({ data: SignUpFields }), z.record(z.string(), z.unknown())]);

const signup = {
  requestBody: {
    content: {
      "application/json": { schema: Signup },
      "application/x-www-form-urlencoded": { schema: Signup },
      "multipart/form-data": { schema: Signup },
    },
  },
  responses: {
    "200": page("To browsers: one more press, since nobody had the form open"),
    "202": json("The same for known, new and suppressed addresses", CheckInbox),
    "303": { description: "To browsers: on to the thank-you page of the form's site" },
    ...refusals({
      "400": "Not readable, or without `email`",
      "404": "There is no such form",
      "413": "16 KB or more",
      "415": "Neither a form nor JSON",
      "422": "A field is wrong, the address looks mistyped, or the form was never opened",
      "429": "Too many signups from this network, or in all; see `Retry-After`",
    }),
  },
};
const start = {
  responses: {
    "200": json("To be sent with the signup", Started),
    ...refusals({ "404": "There is no such form" }),
  },
};
const preflight = { responses: { "204": { description: "Which sites' scripts may call" } } };
const bySource = { requestParams: { path: z.object({ source }) } };

/** How people get in. */
export const doors: ZodOpenApiPathsObject = {
  "/signup": { post: { tags: ["Signup"], summary: "Sign up by our own form, or as JSON", ...signup } },
  "/signup/start": { get: { tags: ["Signup"], summary: "Open the form", ...start } },
  "/signup/{source}": {
    post: { tags: ["Signup"], summary: "Sign up by a form of another site", ...bySource, ...signup },
    options: { tags: ["Signup"], summary: "Preflight of a browser", ...bySource, ...preflight },
  },
  "/signup/{source}/start": {
    get: { tags: ["Signup"], summary: "Open a form of another site", ...bySource, ...start },
    options: { tags: ["Signup"], summary: "Preflight of a browser", ...bySource, ...preflight },
  },
  "/hooks/{source}": {
    post: {
      tags: ["Signup"],
      summary: "Sign up by a signed webhook",
      requestParams: {
        path: z.object({ source }),
        header: z.object({
          "webhook-id": z.string().optional(),
          "webhook-timestamp": z.string().optional(),
          "webhook-signature": z.string().optional(),
        }),
      },
      requestBody: { content: { "application/json": { schema: OneOf } } },
      responses: {
        "202": json("Carried out", CheckInbox),
        ...refusals({
          "400": "Not readable, or without an address where the source has it",
          "401": "Not signed by a secret of this source, or stale",
          "409": "Carried out before",
          "413": "16 KB or more",
          "422": "A field is wrong",
        }),
      },
    },
  },
};
