import * as z from "zod";
import { count, id, line, list, map, window } from "./schema-parts.ts";

const mailFile = "name a .md file of this folder, e.g. welcome.md";

const step = map(
  {
    id: id("step"),
    mail: z.string(mailFile).regex(/^[\w-]+\.md$/, mailFile),
    delayDays: count(0, "give the whole days after the step before, 0 or more"),
    delayMinutes: count(1, "give the whole minutes after the step before, 1 or more").optional(),
    window: z.union([z.literal("always"), window], "give always or a window").optional(),
    title: line("give the title of the step").optional(),
    number: count(1, "give the number that readers see, from 1").optional(),
  },
  "give each step as a map of id, mail and delayDays",
).refine(({ delayDays, delayMinutes }) => delayDays === 0 || delayMinutes === undefined, {
  path: ["delayMinutes"],
  error: "count in days or in minutes: beside minutes, delayDays is 0",
});

const late = map(
  {
    afterHours: count(1, "give whole hours, 1 or more"),
    action: z.enum(["send", "skip", "next-window"], "give send, skip or next-window"),
  },
  "say what happens to a late mail, e.g. { afterHours: 48, action: next-window }",
);

/** The shape of `content/courses/NAME/course.yaml`. */
export const CourseFile = map(
  {
    name: id("course"),
    title: line("give the title of the course"),
    summary: line("say in a sentence or two what the course is"),
    audience: line("say whom the course is for"),
    window: window.optional(),
    late,
    steps: list(step, "list the steps of the course"),
  },
  "give the course as a map of name, title, summary, audience, late and steps",
);
export type CourseFile = z.infer<typeof CourseFile>;

const task = map({ id: id("task"), text: line("say what to do") }, "give each task as { id: …, text: … }");

/** The front matter of a mail. */
export const MailFront = map(
  {
    subject: line("give the subject of the mail"),
    preheader: line("give the line that mailboxes show beside the subject"),
    checklist: z.array(task, "give the tasks as a list").optional(),
  },
  "start the mail with its subject and preheader",
);

/** The front matter of a reference page. */
export const PageFront = map(
  { title: line("give the title of the page"), description: line("say in a sentence what the page holds") },
  "start the page with its title and description",
);
