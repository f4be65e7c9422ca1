import type { Context } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import type { EntryProblems, TypedEntry } from "../../core/ce/read-entry.ts";
import { openDates } from "../../core/progress/own-dates.ts";
import { cyclesToBegin } from "../../core/reminder/begin-cycle.ts";
import type { DateProblems, TypedDate } from "../../core/reminder/read-date.ts";
import { localDate } from "../../core/time/instant.ts";
import { datesPage } from "../../web/dates-page.ts";
import { answerProblem } from "../edge/problem.ts";
import { linkRefusals } from "./link-refusals.ts";

/** What was done, or what was entered and is wrong; without either the page shows what is kept. */
export interface Shown {
  done?: string;
  date?: { values: TypedDate; problems: DateProblems };
  hours?: { values: TypedEntry; problems: EntryProblems };
}

/** Answers the page of dates and hours, as they are kept now. */
export async function showDates(c: Context, deps: HttpDeps, token: string, shown: Shown = {}) {
  const opened = await openDates(deps, token);
  if (opened.status !== "open") return answerProblem(c, deps, linkRefusals[opened.status]);
  const { reader, own } = opened;
  const dueDays = own.dates.flatMap(({ id, dueAt }): [string, string][] =>
    dueAt === undefined ? [] : [[id, localDate(dueAt, reader.zone)]],
  );
  const today = localDate(deps.clock.now(), reader.zone);
  const page = datesPage({
    site: deps.catalogue.site,
    token,
    today,
    own,
    reminders: new Map(dueDays),
    begins: cyclesToBegin(deps.catalogue, own.dates, today),
    credentials: deps.catalogue.credentials,
    form: deps.ids.next("ce"),
    ...shown,
  });
  return c.html(page, shown.date || shown.hours ? 422 : 200);
}
