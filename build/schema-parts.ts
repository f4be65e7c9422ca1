import * as z from "zod";
import { isZone, weekdays } from "../core/time/window.ts";

/** A text on one line; every hint says what to write, for it is the error message. */
export const line = (hint: string) =>
  z.string(hint).trim().min(1, hint).regex(/^.*$/, `${hint}, on one line`);

/** A name that never changes and may stand in a mailing id, which `_` parts. */
export const id = (what: string) => {
  const hint = `give the ${what} in a-z, 0-9 and hyphens only, e.g. first-visit`;
  return z.string(hint).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, hint);
};

/** A list with at least one item. */
export const list = <T extends z.ZodType>(item: T, hint: string) => z.array(item, hint).min(1, hint);

/** A map that has no other keys than these. */
export const map = <T extends z.core.$ZodLooseShape>(shape: T, hint: string) =>
  z.strictObject(shape, { error: (issue) => (issue.code === "invalid_type" ? hint : undefined) });

/** An address to which mail can be sent. */
export const mailbox = (hint: string) => z.email({ error: hint });

/** A calendar day. */
export const day = (hint: string) => z.iso.date({ error: `give ${hint} as YYYY-MM-DD` });

/** A whole number. */
export const count = (least: number, hint: string) => z.int(hint).min(least, hint);

/** The name of a time zone that this runtime knows. */
export const zone = z.string("give an IANA zone, e.g. Europe/Zurich").refine(isZone, {
  error: (issue) => `no zone is called ${JSON.stringify(issue.input)}: give an IANA zone, e.g. Europe/Zurich`,
});

const time = (which: string) => {
  const hint = `give the ${which} of the window as HH:MM in quotes, from "00:00" to "23:59"`;
  return z.string(hint).regex(/^([01]\d|2[0-3]):[0-5]\d$/, hint);
};

const days = `give the days as a list of ${weekdays.join(", ")}`;

/** Days and hours in which mail may be sent. */
export const window = map(
  { days: list(z.enum(weekdays, days), days), from: time("start"), to: time("end") },
  'give a window as { days: [mon, tue], from: "09:00", to: "12:00" }',
)
  .refine(({ from, to }) => from < to, {
    path: ["to"],
    error: "end the window after it starts, on the same day",
  })
  .refine((given) => new Set(given.days).size === given.days.length, {
    path: ["days"],
    error: "name each day once",
  });
