import { type Catalogue, credentialNamed } from "../catalogue.ts";
import { oneLine } from "../one-line.ts";
import { dayAhead, isDay } from "../time/calendar-day.ts";
import { type Instant, localDate } from "../time/instant.ts";
import { type CeCategory, ownOf, type WantedEntry } from "./ce-entry.ts";

/** Hours as they were typed into the form; `covers` is a credential, or `all`. */
export type TypedEntry = Record<"hours" | "activity" | "category" | "day" | "covers", string>;

export type EntryProblems = Partial<TypedEntry>;

const longestActivity = 120;
const mostHours = 100;
const yearsBack = 3;

/** Reads logged hours, or tells field by field what is wrong and what to do. */
export function readEntry(
  typed: TypedEntry,
  catalogue: Pick<Catalogue, "credentials">,
  zone: string,
  now: Instant,
): { wanted: WantedEntry } | { problems: EntryProblems } {
  const hours = readHours(typed.hours);
  const activity = oneLine(typed.activity);
  const day = typed.day.trim();
  const category = categoriesOf(catalogue).find((each) => each === typed.category);
  const credential = credentialNamed(catalogue, typed.covers);
  const isPast =
    isDay(day) && day <= localDate(now, zone) && day >= dayAhead(now, zone, { years: -yearsBack });
  const problems: EntryProblems = {
    ...(hours === undefined && {
      hours: `Enter hours in quarters, from 0.25 to ${mostHours}, such as 1.5.`,
    }),
    ...((activity === "" || [...activity].length > longestActivity) && {
      activity: `Say in 1 to ${longestActivity} characters what you did, such as “Webinar on coding updates”.`,
    }),
    ...(!category && { category: "Choose where you earned these hours." }),
    ...(!isPast && { day: `Enter a day up to today, within the last ${yearsBack} years.` }),
    ...(!credential &&
      !["", "all"].includes(typed.covers) && {
        covers: "Choose one of the credentials of the list, or all of them.",
      }),
  };
  if (hours === undefined || !category || Object.keys(problems).length > 0) return { problems };
  return { wanted: { hours, activity, category, day, ...(credential && { credential: credential.id }) } };
}

function categoriesOf({ credentials }: Pick<Catalogue, "credentials">): CeCategory[] {
  return ["own", ...credentials.map(({ body }) => ownOf(body)), "other"];
}

/** Hours with a point or a comma, in quarters; undefined if they are none. */
function readHours(typed: string): number | undefined {
  const text = typed.trim().replace(",", ".");
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(text)) return undefined;
  const hours = Number(text);
  return hours > 0 && hours <= mostHours && Number.isInteger(hours * 4) ? hours : undefined;
}
