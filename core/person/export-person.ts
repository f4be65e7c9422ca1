import { type Catalogue, courseNamed } from "../catalogue.ts";
import { parseMailing } from "../delivery/mailing.ts";
import type { Instant } from "../time/instant.ts";
import { type FindOwnerDeps, type FoundOwner, findOwner } from "./find-owner.ts";
import type { PersonRow, PersonRows, SuppressionRecords } from "./person-ports.ts";

/** What was shown to those who consented, by version. */
interface ShownTexts {
  load(version: string): Promise<unknown>;
}

export interface ExportPersonDeps extends FindOwnerDeps {
  persons: Pick<PersonRows, "of">;
  suppressionRecords: SuppressionRecords;
  consentTexts?: ShownTexts;
  catalogue: Pick<Catalogue, "site" | "courses">;
}

export type ExportPersonOutcome =
  | { status: "exported"; data: ExportedPerson }
  | Exclude<FoundOwner, { status: "found" }>;

type Values = Record<string, unknown>;

/** All that is kept about one person, in words and instants; everything a row holds stands in it. */
export interface ExportedPerson {
  service: string;
  exportedAt: Instant;
  person: Values;
  consentText?: unknown;
  /** What stood beside the button that confirmed. */
  confirmedText?: unknown;
  courses: Values[];
  /** Reminders of steps that stay open. */
  nudges: Values[];
  digest: Values[];
  dates: Values[];
  /** Hours of continuing education. */
  hours: Values[];
  mails: Values[];
  /** What is none of these, under its own name. */
  others: Values[];
  /** Whether mail to the address is kept back: it came back, or was reported as unwanted. */
  addressSuppressed: { reason: string; since: Instant } | null;
}

/** Hands out everything that is kept about the person whose fresh link it is. It changes nothing. */
export async function exportPerson(
  deps: ExportPersonDeps,
  input: { token: string },
): Promise<ExportPersonOutcome> {
  const found = await findOwner(deps, input.token);
  if (found.status !== "found") return found;
  const { id, addressHash, consent } = found.owner;
  const [rows, suppressed, consentText, confirmedText] = await Promise.all([
    deps.persons.of(id),
    deps.suppressionRecords.find(addressHash),
    deps.consentTexts?.load(consent.textVersion),
    deps.consentTexts?.load(consent.confirmedTextVersion ?? ""),
  ]);
  const under = (prefix: string) => rows.filter(({ name }) => name.startsWith(prefix));
  const known = [...["PROFILE", "COURSE#", "NUDGE#", "DIGEST", "DATE#", "CE#", "MAIL#"].flatMap(under)];
  return {
    status: "exported",
    data: {
      service: deps.catalogue.site.name,
      exportedAt: deps.clock.now(),
      person: Object.assign({}, ...under("PROFILE").map(({ values }) => values)),
      ...(consentText !== undefined && { consentText }),
      ...(confirmedText !== undefined && { confirmedText }),
      courses: under("COURSE#").map((row) => courseIn(deps.catalogue, row)),
      nudges: under("NUDGE#").map((row) => courseIn(deps.catalogue, row)),
      digest: under("DIGEST").map(({ values }) => values),
      dates: under("DATE#").map(({ name, values }) => ({ id: afterMark(name), ...values })),
      hours: under("CE#").map(({ name, values }) => ({ id: afterMark(name), ...values })),
      mails: under("MAIL#").map((row) => mailIn(deps.catalogue, row)),
      others: rows.filter((row) => !known.includes(row)).map(({ name, values }) => ({ name, ...values })),
      addressSuppressed: suppressed ?? null,
    },
  };
}

function courseIn(catalogue: ExportPersonDeps["catalogue"], { name, values }: PersonRow): Values {
  const course = afterMark(name);
  return { course, title: courseNamed(catalogue, course)?.title, ...values };
}

function mailIn(catalogue: ExportPersonDeps["catalogue"], { name, values }: PersonRow): Values {
  const id = afterMark(name);
  const mailing = parseMailing(id);
  const course = mailing && "course" in mailing ? courseNamed(catalogue, mailing.course) : undefined;
  const step =
    mailing && "step" in mailing ? course?.steps.find((each) => each.id === mailing.step) : undefined;
  return { mailing: id, kind: mailing?.kind, course: course?.title, title: step?.title, ...values };
}

/** What stands behind the kind in the name of a row. */
function afterMark(name: string): string {
  return name.slice(name.indexOf("#") + 1);
}
