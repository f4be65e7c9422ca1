import * as z from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { field, form, page, refusals, token } from "./parts.ts";

const tokenField = { token: field("The token of the link by which the page was opened") };
const course = field("A course by its name", "medical-records-technician");
const step = field("A step by its id", "school");
const until = { until: field("A day, `2027-05-01`"), weeks: field("Or so many weeks", "4") };

/** What a button on a page sends besides the token. */
const buttons: Record<string, [summary: string, fields?: Record<string, z.ZodType>]> = {
  "/confirm": ["Confirm a signup", { shown: field("The version of the consent text on the page") }],
  "/confirm/again": ["Ask for a new confirmation link, by one that has expired"],
  "/unsubscribe": ["Leave a list", { reason: field("Why", "too-many") }],
  "/unsubscribe/reason": ["Say why, after leaving", { reason: field("Why", "other") }],
  "/unsubscribe/all": ["Leave everything"],
  "/unsubscribe/pause": ["Pause instead of leaving", { ...until, resume: field("`on` ends the pause") }],
  "/progress": ["Mark a step as done", { course, step, sooner: field("`on` brings the next step sooner") }],
  "/progress/tasks": ["Tick tasks of a step", { course, step, task: field("The ids that are ticked") }],
  "/progress/restart": ["Start a course again at a step", { course, step }],
  "/progress/dates": [
    "Set a date to be reminded of",
    {
      kind: field("`exam`, `application`, `renewal` or `other`", "renewal"),
      credential: field("A credential by its id, or `none`", "rhit"),
      label: field("A name for it, or nothing", "RHIT renewal"),
      date: field("A day", "2027-05-01"),
    },
  ],
  "/progress/dates/done": [
    "Mark a date as done; a renewal moves on to its next cycle",
    {
      id: field("The id of the date"),
      date: field("The day that is done", "2027-05-01"),
      confirm: field("`yes` renews though hours are missing; else the answer asks first", "yes"),
    },
  ],
  "/progress/dates/passed": [
    "Pass an exam that is over: its credential's first renewal is set, and the exam is done",
    { id: field("The id of the exam") },
  ],
  "/progress/dates/remove": ["Remove a date", { id: field("The id of the date") }],
  "/progress/hours": [
    "Log hours of continuing education",
    {
      hours: field("Hours in quarters, 0.25 to 100", "1.5"),
      activity: field("What it was", "Webinar"),
      category: field(
        "`own:` and the body that they come from, as the form names it, or `other`",
        "own:AHIMA",
      ),
      day: field("A day up to today", "2027-03-01"),
      covers: field("A credential by its id, or `all`", "rhit"),
      form: field("Any text; the same one, with the same hours, is logged once"),
    },
  ],
  "/progress/hours/remove": ["Remove hours", { id: field("The id of the entry") }],
  "/progress/settings/pace": [
    "Set pace, day, hour and zone",
    {
      speed: field("`faster`, `weekly` or `slower`"),
      day: field("`mon` to `sun`, or nothing"),
      hour: field("0 to 21, or nothing"),
      zone: field("An IANA zone", "Europe/London"),
      nudges: field("`on`"),
    },
  ],
  "/progress/settings/pause": ["Pause, or go on", { ...until, resume: field("`on` ends the pause") }],
  "/progress/settings/topics": [
    "Choose topics of the digest, and how often it comes",
    { topics: field("Those that are wanted"), every: field("`week` or `month`", "month") },
  ],
  "/progress/settings/leave": ["Leave lists", { list: field("A list"), all: field("`on` for all") }],
  "/progress/data": ["Ask for the link to one's data"],
  "/account/export": ["Download everything that is kept"],
  "/account/address": ["Ask to change the address", { email: field("The new address", "ada@example.org") }],
  "/account/erase": ["Erase everything", { sure: field("`on`") }],
  "/address": ["Confirm a new address"],
};

/** What a link shows; a scanner may open each as often as it likes. */
const links: Record<string, string> = {
  "/confirm/{token}": "Where a confirmation mail leads",
  "/unsubscribe/{token}": "Where Unsubscribe leads",
  "/progress/{token}": "A reader's progress",
  "/progress/{token}/dates": "A reader's dates and hours",
  "/progress/{token}/settings": "A reader's pace and preferences",
  "/progress/{token}/data": "What a reader may do with their data",
  "/progress/{token}/courses/{course}": "How a course ended",
  "/progress/{token}/courses/{course}/{step}": "A step, to read again",
  "/account/{token}": "Take out, move or erase one's data",
  "/address/{token}": "Where the mail to a new address leads",
};

const told = refusals({
  "403": "The link is not complete",
  "404": "There is nothing of that kind",
  "409": "Not in this state",
  "410": "The link has expired",
  "413": "16 KB or more",
  "422": "A field is wrong",
  "429": "Too often: nothing was changed",
});

/** The pages of a reader: a GET shows, a button changes. */
export const readers: ZodOpenApiPathsObject = {
  ...Object.fromEntries(
    Object.entries(links).map(([path, summary]) => [
      path,
      {
        get: {
          tags: ["Readers"],
          summary,
          requestParams: { path: pathOf(path) },
          responses: { "200": page(summary), ...told },
        },
      },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(buttons).map(([path, [summary, fields = {}]]) => [
      path,
      {
        post: {
          tags: ["Readers"],
          summary,
          requestBody: form({ ...tokenField, ...fields }),
          responses: { "200": page(summary), "303": { description: "On to a page" }, ...told },
        },
      },
    ]),
  ),
};
readers["/progress/{token}/dates/{file}"] = {
  get: {
    tags: ["Readers"],
    summary: "A reader's dates and their reminders as a calendar file: `all.ics`, or one date by its id",
    requestParams: { path: pathOf("/progress/{token}/dates/{file}") },
    responses: { "200": page("The calendar file", "text/calendar"), ...told },
  },
};
const unsubscribe = readers["/unsubscribe/{token}"];
if (unsubscribe)
  unsubscribe.post = {
    tags: ["Readers"],
    summary: "Leave by one click (RFC 8058)",
    requestParams: { path: z.object({ token }) },
    requestBody: form({ "List-Unsubscribe": field("`One-Click`", "One-Click") }),
    responses: { "200": { description: "Left; the body is empty" }, ...told },
  };

function pathOf(path: string) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return z.object(Object.fromEntries(names.map((name) => [name, name === "token" ? token : z.string()])));
}
