import type { Context, Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { logHours, removeHours } from "../../core/ce/log-hours.ts";
import { openCalendar } from "../../core/progress/own-dates.ts";
import { calendarFile } from "../../core/reminder/calendar-file.ts";
import { finishDate } from "../../core/reminder/finish-date.ts";
import { passExam } from "../../core/reminder/pass-exam.ts";
import { removeDate } from "../../core/reminder/remove-date.ts";
import { setDate } from "../../core/reminder/set-date.ts";
import { renewedWords } from "../../web/date-list.ts";
import { renewAnywayPage } from "../../web/renew-anyway-page.ts";
import { answerProblem, problem } from "../edge/problem.ts";
import { readForm } from "../edge/read-form.ts";
import { linkRefusals } from "./link-refusals.ts";
import { showDates } from "./show-dates.ts";

const refusals = {
  ...linkRefusals,
  "no-date": problem(
    404,
    "date.missing",
    "There is no such date",
    "It may have been removed, or is done. Open your dates once more to see those that are ahead.",
  ),
  unreachable: problem(
    409,
    "reader.unreachable",
    "No reminder would reach you",
    "Mail to your address came back, or was reported as unwanted. Write to us at the address below to get mail again.",
  ),
} as const;

/** Dates to be reminded of, and hours of continuing education, by the link in every mail: it shows, its buttons change. */
export function addDatesRoutes(app: Hono, deps: HttpDeps): void {
  app.get("/progress/:token/dates", (c) => showDates(c, deps, c.req.param("token")));

  app.get("/progress/:token/dates/:file", (c) => {
    const { token, file } = c.req.param();
    const id = file.endsWith(".ics") ? file.slice(0, -".ics".length) : "";
    return calendar(c, deps, { token, ...(id !== "all" && { id }) });
  });

  app.post("/progress/dates", async (c) => {
    const { token, ...values } = await readForm(c, ["token", "kind", "credential", "label", "date"]);
    const outcome = await setDate(deps, { token, ...values });
    if (outcome.status === "set") return showDates(c, deps, token, { done: "Your date is saved." });
    if (outcome.status !== "invalid") return answerProblem(c, deps, refusals[outcome.status]);
    return showDates(c, deps, token, { date: { values, problems: outcome.problems } });
  });

  app.post("/progress/dates/done", async (c) => {
    const { confirm, ...input } = await readForm(c, ["token", "id", "date", "confirm"]);
    const outcome = await finishDate(deps, { ...input, confirmed: confirm === "yes" });
    switch (outcome.status) {
      case "done":
        return showDates(c, deps, input.token, { done: "Well done. No more reminders of it come." });
      case "renewed":
        return showDates(c, deps, input.token, { done: renewedWords(outcome) });
      case "unconfirmed":
        return c.html(renewAnywayPage({ site: deps.catalogue.site, ...input, ...outcome }));
      default:
        return answerProblem(c, deps, refusals[outcome.status]);
    }
  });

  app.post("/progress/dates/passed", async (c) => {
    const input = await readForm(c, ["token", "id"]);
    const outcome = await passExam(deps, input);
    if (outcome.status === "passed")
      return showDates(c, deps, input.token, { done: `Well done. ${outcome.name} renewal added.` });
    if (outcome.status !== "invalid") return answerProblem(c, deps, refusals[outcome.status]);
    const {
      token,
      id: _,
      ...values
    } = { ...input, kind: "renewal", credential: "none", label: "", date: "" };
    return showDates(c, deps, token, { date: { values, problems: outcome.problems } });
  });

  app.post("/progress/dates/remove", async (c) => {
    const input = await readForm(c, ["token", "id"]);
    const { status } = await removeDate(deps, input);
    if (status !== "removed") return answerProblem(c, deps, refusals[status]);
    return showDates(c, deps, input.token, { done: "The date is removed." });
  });

  app.post("/progress/hours", async (c) => {
    const fields = ["token", "form", "hours", "activity", "category", "day", "covers"] as const;
    const { token, form, ...values } = await readForm(c, [...fields]);
    const outcome = await logHours(deps, { token, form, ...values });
    if (outcome.status === "logged") return showDates(c, deps, token, { done: "Your hours are logged." });
    if (outcome.status !== "invalid") return answerProblem(c, deps, refusals[outcome.status]);
    return showDates(c, deps, token, { hours: { values, problems: outcome.problems } });
  });

  app.post("/progress/hours/remove", async (c) => {
    const input = await readForm(c, ["token", "id"]);
    const { status } = await removeHours(deps, input);
    if (status !== "removed") return answerProblem(c, deps, refusals[status]);
    return showDates(c, deps, input.token, { done: "The hours are removed." });
  });
}

async function calendar(c: Context, deps: HttpDeps, input: { token: string; id?: string }) {
  const opened = await openCalendar(deps, input);
  if (opened.status !== "open") return answerProblem(c, deps, refusals[opened.status]);
  const { fileName, contentType, content } = calendarFile(deps.catalogue, opened.reader, opened.dates);
  return c.body(content, 200, {
    "Content-Type": contentType,
    "Content-Disposition": `attachment; filename="${fileName}"`,
  });
}
