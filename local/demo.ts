import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { styleText } from "node:util";
import { Listr } from "listr2";
import type { KeyRing } from "../core/token/token.ts";
import { catalogue } from "../dist/catalogue.ts";
import { calendarClock } from "./clock.ts";
import type { DeliveryReport } from "./delivery-report.ts";
import { checkLetters } from "./demo/check-letters.ts";
import { type Letter, readLetters } from "./demo/letters.ts";
import { mailTable } from "./demo/mail-table.ts";
import { checkNews, type News, readNews } from "./demo/news.ts";
import { editionTable, feedTable } from "./demo/news-table.ts";
import { forgeryActs, operatorActs } from "./demo/operator.ts";
import { type Person, readPeople } from "./demo/people.ts";
import { checkProgress, type Progress, readProgress } from "./demo/progress.ts";
import { saveLetters } from "./demo/save-letters.ts";
import { type Act, inOrder, writeScript } from "./demo/script.ts";
import { type DemoFeeds, startDemoFeeds } from "./demo/start-feeds.ts";
import type { Hook } from "./demo/visitor.ts";
import { functionLoader } from "./load-functions.ts";
import { type Runtime, startRuntime } from "./runtime.ts";
import type { LocalSes } from "./ses/start-local-ses.ts";

const start = "2027-03-01T12:00:00.000Z";
const end = "2027-05-03T00:00:00.000Z";
const root = new URL("..", import.meta.url);
const fixtures = new URL("test/fixtures/", root);
const out = fileURLToPath(new URL("out/demo", root));

/** What the run left behind, to be checked and shown. */
interface Result {
  letters: Letter[];
  progress: Map<string, Progress>;
  deliveries: DeliveryReport;
  feeds: DemoFeeds;
  news: News;
}

const people = readPeople(new URL("demo/", fixtures));
const startedAt = Date.now();
const { letters, progress, deliveries, feeds, news } = await play();
const mistakes = [
  ...checkLetters(people, letters),
  ...checkProgress(people, letters, progress),
  ...checkNews(feeds, news),
];
show();
process.exit(mistakes.length > 0 ? 1 : 0);

async function play(): Promise<Result> {
  process.env.POWERTOOLS_LOG_LEVEL ??= "ERROR";
  process.env.POWERTOOLS_METRICS_DISABLED ??= "true";
  await rm(out, { recursive: true, force: true });
  const clock = calendarClock({ startAt: start });
  const feeds = await startDemoFeeds(fixtures, clock.now);
  const load = functionLoader({
    catalogue: { ...catalogue, feeds: feeds.sources },
    trustedFeedOrigin: feeds.url,
  });
  const runtime = await startRuntime({ dataDir: `${out}/data`, clock, load, quiet: true });
  try {
    const { ses } = runtime;
    if (!ses)
      throw new Error("The demo needs the local mailboxes: unset AWS_ENDPOINT_URL_SESV2 and run it again.");
    const result: Partial<Result> = { feeds };
    await new Listr([
      {
        title: "",
        task: async (_, task) => {
          const acts = [
            ...writeScript(people, runtime, ses, hookOf(runtime)),
            ...(await operatorActs(runtime, clock)),
          ];
          await walk(runtime, ses, [...acts, ...forgeryActs(hookOf(runtime))], (title) => {
            task.title = title;
          });
        },
      },
      {
        title: "Save every mail",
        task: async () => {
          result.letters = readLetters(ses);
          result.progress = await readProgress(runtime.operatorEnvironment(), result.letters);
          result.deliveries = await runtime.deliveries();
          result.news = await readNews(runtime, ses);
          await saveLetters(`${out}/browse`, people, result.letters);
        },
      },
    ]).run();
    return result as Result;
  } finally {
    await runtime.close();
    await feeds.close();
  }
}

/** The webhook source that every local service has, with its secret. */
function hookOf({ urls }: Runtime): Hook {
  const keys = JSON.parse(readFileSync(`${out}/data/keys.json`, "utf8")) as KeyRing;
  return { url: `${urls.app}/hooks/demo`, secret: keys.webhooks?.demo?.[0] ?? "" };
}

/** Nine weeks of calendar time, with everything that people do in it. */
async function walk(
  runtime: Runtime,
  ses: LocalSes,
  acts: Act[],
  tell: (title: string) => void,
): Promise<void> {
  const say = (now: string) => tell(progressBar(now, ses.mails().length));
  for (const act of inOrder(acts)) {
    await runtime.runUntil(act.at, say);
    await act.run();
  }
  await runtime.runUntil(end, say);
}

function progressBar(now: string, mails: number): string {
  const share = (Date.parse(now) - Date.parse(start)) / (Date.parse(end) - Date.parse(start));
  const filled = Math.round(share * 36);
  const week = Math.min(9, Math.floor(share * 9) + 1);
  return `Week ${week} of 9 ${"━".repeat(filled)}${"┈".repeat(36 - filled)} ${now.slice(0, 10)}  ${mails} mails`;
}

function show(): void {
  const confirmed = people.filter((person: Person) => person.confirmsAt).length;
  const zones = new Set(people.map((person) => person.zone)).size;
  const totals = Object.entries(deliveries.counts).map(([state, count]) => `${count} ${state}`);
  console.log(`\n${people.length} people in ${zones} time zones signed up, ${confirmed} confirmed.\n`);
  console.log(mailTable(people, letters, progress));
  console.log(`\n${feedTable(feeds, news)}\n`);
  console.log(editionTable(news));
  console.log(`\nLedger     ${totals.join(", ")}`);
  for (const { mailing, subscriberId } of deliveries.unknown)
    console.log(`           unknown: ${mailing} to ${subscriberId}`);
  console.log(`Mails      ${letters.length} in out/demo/browse/index.html`);
  console.log(`Took       ${((Date.now() - startedAt) / 1000).toFixed(1)} s for nine weeks\n`);
  for (const mistake of mistakes) console.error(styleText("red", `✗ ${mistake}`));
  const verdict = `every mail is where the hand-written dates want it: none missed, none twice, none after leaving`;
  const read = `${feeds.documents.length} feeds as met in the wild gave just what they hold, ${feeds.hostile.length} hostile ones were refused`;
  if (mistakes.length === 0) {
    console.log(styleText("green", `✓ ${people.length} people checked: ${verdict}.`));
    console.log(styleText("green", `✓ ${read}.`));
  } else console.error(styleText("red", `\n${mistakes.length} mistakes.`));
}
