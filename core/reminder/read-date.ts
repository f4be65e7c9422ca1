import { type Catalogue, type Credential, credentialNamed } from "../catalogue.ts";
import { oneLine } from "../one-line.ts";
import { dayAhead, isDay } from "../time/calendar-day.ts";
import { type Instant, localDate } from "../time/instant.ts";
import { type DateKind, dateKinds, type WantedDate } from "./reminder-date.ts";

/** A date as it was typed into the form; a credential may be `none`. */
export type TypedDate = Record<"kind" | "credential" | "label" | "date", string>;

export type DateProblems = Partial<TypedDate>;

const longestLabel = 80;
const yearsAhead = 5;

/** Reads a date, or tells field by field what is wrong and what to do. */
export function readDate(
  typed: TypedDate,
  catalogue: Pick<Catalogue, "credentials">,
  zone: string,
  now: Instant,
): { wanted: WantedDate } | { problems: DateProblems } {
  const kind = dateKinds.find((each) => each === typed.kind);
  const credential = credentialNamed(catalogue, typed.credential);
  const date = typed.date.trim();
  const label = oneLine(typed.label) || usualLabel(kind, credential);
  const problems: DateProblems = {
    ...(!kind && { kind: "Choose what it is: an exam, an application, a renewal or something else." }),
    ...(!credential &&
      !["", "none"].includes(typed.credential) && {
        credential: "Choose one of the credentials of the list, or none of them.",
      }),
    ...(!isAhead(date, zone, now) && {
      date: `Enter a day after today, within ${yearsAhead} years.`,
    }),
    ...(((label === "" && kind === "other") || [...label].length > longestLabel) && {
      label: `Say in 1 to ${longestLabel} characters what the date is, such as “Board exam”.`,
    }),
  };
  if (!kind || Object.keys(problems).length > 0) return { problems };
  return { wanted: { kind, label, date, ...(credential && { credential: credential.id }) } };
}

/** "RHIT exam", "Renewal": what a date is called that got no name; empty where nobody but the reader knows. */
function usualLabel(kind: DateKind | undefined, credential: Credential | undefined): string {
  if (kind === undefined || kind === "other") return "";
  return credential ? `${credential.name} ${kind}` : kind.charAt(0).toUpperCase() + kind.slice(1);
}

function isAhead(date: string, zone: string, now: Instant): boolean {
  return isDay(date) && date > localDate(now, zone) && date <= dayAhead(now, zone, { years: yearsAhead });
}
