import type { Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { leaveLists } from "../../core/preferences/leave-lists.ts";
import { setTopics } from "../../core/preferences/set-topics.ts";
import { setPause, setRhythm } from "../../core/rhythm/set-rhythm.ts";
import { logger } from "../edge/logger.ts";
import { answerProblem } from "../edge/problem.ts";
import { readForm, readTexts } from "../edge/read-form.ts";
import { linkRefusals } from "./link-refusals.ts";
import { listTitle } from "./list-title.ts";
import { showSettings } from "./show-settings.ts";

/** Pace, preferences and the way out, by the link to one's progress: the page shows, its buttons change. */
export function addSettingsRoutes(app: Hono, deps: HttpDeps): void {
  app.get("/progress/:token/settings", (c) => showSettings(c, deps, c.req.param("token")));

  app.post("/progress/settings/pace", async (c) => {
    const { token, nudges, ...typed } = await readForm(c, [
      "token",
      "speed",
      "day",
      "hour",
      "zone",
      "nudges",
    ]);
    const values = { ...typed, nudges: nudges !== "" };
    const outcome = await setRhythm(deps, { token, ...values });
    switch (outcome.status) {
      case "set":
        warnIfWaiting(outcome);
        return showSettings(c, deps, token, { done: "Your pace is saved." });
      case "invalid":
        return showSettings(c, deps, token, { pace: { values, problems: outcome.problems } });
      default:
        return answerProblem(c, deps, linkRefusals[outcome.status]);
    }
  });

  app.post("/progress/settings/pause", async (c) => {
    const { token, resume, ...typed } = await readForm(c, ["token", "until", "weeks", "resume"]);
    const resumes = resume !== "";
    const outcome = await setPause(deps, { token, purpose: "progress", resume: resumes, ...typed });
    switch (outcome.status) {
      case "set":
        warnIfWaiting(outcome);
        return showSettings(c, deps, token, {
          done: resumes ? "Your mails go on." : "Your mails are paused.",
        });
      case "invalid":
        return showSettings(c, deps, token, { pause: { value: typed.until, problems: outcome.problems } });
      default:
        return answerProblem(c, deps, linkRefusals[outcome.status]);
    }
  });

  app.post("/progress/settings/topics", async (c) => {
    const { token, every } = await readForm(c, ["token", "every"]);
    const wanted = (await readTexts(c))("topics");
    const outcome = await setTopics(deps, { token, every, topics: wanted });
    switch (outcome.status) {
      case "set":
        warnIfWaiting(outcome);
        return showSettings(c, deps, token, { done: "Your digest is saved." });
      case "invalid":
        return showSettings(c, deps, token, { topics: { wanted, every, problems: outcome.problems } });
      default:
        return answerProblem(c, deps, linkRefusals[outcome.status]);
    }
  });

  app.post("/progress/settings/leave", async (c) => {
    const { token, list, all } = await readForm(c, ["token", "list", "all"]);
    const outcome = await leaveLists(deps, { token, lists: all ? "all" : { name: list } });
    if (outcome.status !== "left") return answerProblem(c, deps, linkRefusals[outcome.status]);
    if (all) return showSettings(c, deps, token, { done: "You have left everything. No more mails come." });
    if (!Object.hasOwn(outcome.reader.lists, list)) return showSettings(c, deps, token);
    const title = listTitle(deps.catalogue, list);
    return showSettings(c, deps, token, { done: `You have left “${title}”. No more mails of it come.` });
  });
}

function warnIfWaiting({ replanned }: { replanned: boolean }): void {
  if (!replanned) logger.warn("the new plan waits for dispatch");
}
