import type { Context } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { topics, topicTitles } from "../../core/catalogue.ts";
import { digestList } from "../../core/digest/digest-subscription.ts";
import { openSettings } from "../../core/preferences/open-settings.ts";
import type { TopicsProblems } from "../../core/preferences/set-topics.ts";
import type { PauseProblems } from "../../core/rhythm/read-pause.ts";
import type { RhythmProblems, TypedRhythm } from "../../core/rhythm/read-rhythm.ts";
import { pausedUntil } from "../../core/rhythm/rhythm.ts";
import { listsIn } from "../../core/subscriber/subscriber.ts";
import { dayAhead } from "../../core/time/calendar-day.ts";
import { localDate } from "../../core/time/instant.ts";
import { dateWords } from "../../web/date-words.ts";
import { settingsPage } from "../../web/settings-page.ts";
import { answerProblem } from "../edge/problem.ts";
import { linkRefusals } from "./link-refusals.ts";
import { listTitle } from "./list-title.ts";
import { nextDigestWords, nextMailWords } from "./next-mail-words.ts";
import { toPaceForm } from "./to-pace.ts";

/** What was done, or what was entered and is wrong; without either the page shows what is kept. */
export interface Shown {
  done?: string;
  pace?: { values: TypedRhythm; problems: RhythmProblems };
  pause?: { value: string; problems: PauseProblems };
  topics?: { wanted: string[]; every: string; problems: TopicsProblems };
}

/** Answers the page of settings, as they are kept now. */
export async function showSettings(c: Context, deps: HttpDeps, token: string, shown: Shown = {}) {
  const settings = await openSettings(deps, token);
  if (settings.status !== "open") return answerProblem(c, deps, linkRefusals[settings.status]);
  const { reader, courses, digest } = settings;
  const now = deps.clock.now();
  const paused = pausedUntil(reader, now);
  const joined = listsIn(reader, "joined");
  const wanted = shown.topics?.wanted ?? reader.topics ?? topics;
  const page = settingsPage({
    site: deps.catalogue.site,
    token,
    done: shown.done,
    pausedUntil: paused && dateWords(localDate(paused, reader.zone)),
    next: [
      ...courses.map(({ course, next }) => ({
        title: course.title,
        words: nextMailWords(next, reader.zone, now),
      })),
      ...(digest
        ? [
            {
              title: listTitle(deps.catalogue, digestList),
              words: nextDigestWords(digest, courses.length > 0, reader.zone, now),
            },
          ]
        : []),
    ],
    pace: toPaceForm(
      token,
      reader,
      courses.map(({ course }) => course),
      shown.pace,
    ),
    pause: {
      token,
      action: "/progress/settings/pause",
      first: dayAhead(now, reader.zone, { days: 1 }),
      last: dayAhead(now, reader.zone, { years: 1 }),
      ...shown.pause,
    },
    topics: joined.includes(digestList)
      ? {
          token,
          every: shown.topics?.every || (reader.digestEvery ?? "week"),
          topics: topics.map((name) => ({ name, title: topicTitles[name], isWanted: wanted.includes(name) })),
          problems: shown.topics?.problems,
        }
      : undefined,
    lists: joined.map((name) => ({ name, title: listTitle(deps.catalogue, name) })),
  });
  return c.html(page, shown.pace || shown.pause || shown.topics ? 422 : 200);
}
