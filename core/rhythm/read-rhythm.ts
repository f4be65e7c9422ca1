import * as z from "zod";
import { isZone, weekdays } from "../time/window.ts";
import { type Rhythm, speeds } from "./rhythm.ts";

/** The form of the pace; a field that is empty, `weekly`, `any` or `default` leaves the matter to the course. */
export interface TypedRhythm {
  speed: string;
  day: string;
  hour: string;
  zone: string;
  nudges: boolean;
}

export type RhythmProblems = Partial<Record<"speed" | "day" | "hour" | "zone", string>>;

/** What a reader may choose, which is all but the pause. */
export type WantedRhythm = { zone: string; rhythm: Omit<Rhythm, "pausedUntil"> };

/** The first hours that the form offers. */
export const hours: readonly number[] = Array.from({ length: 17 }, (_, index) => index + 5);

const Hour = z
  .string()
  .regex(/^\d{1,2}$/)
  .transform(Number)
  .refine((hour) => hours.includes(hour));

/** Reads what was chosen, or tells field by field what to do. */
export function readRhythm(typed: TypedRhythm): { wanted: WantedRhythm } | { problems: RhythmProblems } {
  const speed = z.enum(["", ...speeds]).safeParse(typed.speed);
  const day = z.enum(["", "any", ...weekdays]).safeParse(typed.day);
  const hour = z.union([z.enum(["", "default"]), Hour]).safeParse(typed.hour);
  const zoned = isZone(typed.zone);
  if (speed.success && day.success && hour.success && zoned) {
    const rhythm = {
      ...(speed.data !== "" && speed.data !== "weekly" && { speed: speed.data }),
      ...(day.data !== "" && day.data !== "any" && { day: day.data }),
      ...(typeof hour.data === "number" && { hour: hour.data }),
      ...(!typed.nudges && { nudges: false }),
    };
    return { wanted: { zone: typed.zone, rhythm } };
  }
  return {
    problems: {
      ...(!speed.success && { speed: "Choose one of the three." }),
      ...(!day.success && { day: "Choose a day from the list, or any day." }),
      ...(!hour.success && { hour: "Choose an hour from the list, or the usual one." }),
      ...(!zoned && { zone: "Choose a time zone from the list, such as America/New_York." }),
    },
  };
}
