import * as z from "zod";
import { topics } from "../catalogue.ts";
import { dateKinds } from "../reminder/reminder-date.ts";
import { isDay } from "../time/calendar-day.ts";
import { Tag } from "./tag.ts";

const Day = z.string().refine(isDay, "Write a day as 2027-03-10.");
const days = z.int().min(-3650, "At most ten years, 3650 days.").max(3650, "At most ten years, 3650 days.");
const several = <Each extends z.ZodType>(each: Each) => z.array(each).min(1).max(50);

/** Who gets a campaign: the members of a list, narrowed by everything else that is named. */
export const Segment = z
  .strictObject({
    list: z.string().meta({ description: "Its members, who can leave it by one click in the mail" }),
    tags: z
      .strictObject({
        all: several(Tag).exactOptional(),
        any: several(Tag).exactOptional(),
        none: several(Tag).exactOptional(),
      })
      .exactOptional(),
    topics: several(z.enum(topics))
      .exactOptional()
      .meta({ description: "Who reads one of them in the digest; who never chose reads all" }),
    zones: several(z.string().min(1).max(60))
      .exactOptional()
      .meta({ description: "Names such as Europe/Berlin, or all that begin so: America/*" }),
    joined: z
      .strictObject({ from: Day.exactOptional(), to: Day.exactOptional() })
      .exactOptional()
      .meta({ description: "The day on which they joined the list, in UTC, both included" }),
    engaged: z
      .strictObject({
        withinDays: days.min(1).exactOptional(),
        notWithinDays: days.min(1).exactOptional(),
      })
      .exactOptional()
      .meta({ description: "When they last did what only a person does, to about a week" }),
    course: z
      .strictObject({
        name: z.string(),
        state: z.enum(["walking", "finished", "stopped"]).exactOptional(),
        last: several(z.string()).exactOptional().meta({ description: "The step sent last is one of these" }),
        done: several(z.string()).exactOptional().meta({ description: "All of these are marked as done" }),
        notDone: several(z.string()).exactOptional().meta({ description: "None of these is marked as done" }),
      })
      .exactOptional(),
    date: z
      .strictObject({ kind: z.enum(dateKinds).exactOptional(), fromDays: days, toDays: days })
      .exactOptional()
      .meta({ description: "A date of theirs that is not done, so many days from now" }),
  })
  .meta({ id: "Segment" });
export type Segment = z.infer<typeof Segment>;
