import { resolve } from "node:path";
import { catalogue } from "../dist/catalogue.ts";
import { service } from "../infra/service.ts";
import { closingWords } from "./closing-words.ts";
import { contactWords } from "./contact-words.ts";
import { writeEnvironment } from "./environment-file.ts";
import { type FunctionLoader, functionLoader } from "./load-functions.ts";
import { makeSampleSources } from "./make-sample-sources.ts";
import { openClock } from "./open-clock.ts";
import { type Runtime, startRuntime } from "./runtime.ts";
import { help, readStartOptions, type StartOptions } from "./start-options.ts";
import { watchFeeds } from "./watch-feeds.ts";

/** `npm start`: the whole service on this machine, until Ctrl-C. */
async function start(options: StartOptions): Promise<void> {
  const dataDir = resolve(options.dataDir);
  const [app, mail, status] = [0, 1, 2].map((step) =>
    options.port === 0 ? 0 : options.port + step,
  ) as Ports;
  process.env.POWERTOOLS_LOG_LEVEL ??= "ERROR";
  process.env.POWERTOOLS_METRICS_DISABLED ??= "true";
  const runtime = await startRuntime({
    dataDir,
    load: loadAtPace,
    clock: () => openClock(dataDir, options),
    ports: { app, mail, status },
  });
  const { clock } = runtime;
  const contact = contactWords(catalogue.site.replyTo);
  await makeSampleSources(dataDir, runtime.operatorEnvironment(), clock.now());
  const forget = writeEnvironment(dataDir, runtime.operatorEnvironment());
  console.log(`Signup page   ${runtime.urls.app}`);
  console.log(`Inbox         ${runtime.urls.mail}`);
  console.log(`Status        ${runtime.urls.status}`);
  console.log(`Data          ${dataDir}`);
  if (clock.pace !== "real") console.log(`Calendar      ${clock.now()}, ${pace(clock.speed)}`);
  if (clock.pace === "fast") console.log("Feeds         not polled on a calendar of its own");
  else if (contact) console.log(`Feeds         ${contact}`);
  console.log("Ctrl-C stops.");
  const stopWatching = watchFeeds(runtime.feeds, (words) => console.log(`Feeds         ${words}`));
  await interrupted();
  await stopWatching();
  forget();
  await stop(runtime);
}

type Ports = [number, number, number];

/**
 * On a fast calendar an hourly poll would be many a second, at other people's servers, and on one set elsewhere nothing
 * that is polled is news: none is asked for then.
 */
const loadAtPace: FunctionLoader = async (entry, environment, clock) => {
  if (clock.pace === "fast" && entry === service.functions["poll-feeds"].entry) return async () => {};
  return functionLoader()(entry, environment, clock);
};

function pace(speed: number): string {
  return speed === 1 ? "as fast as real time" : `${speed} times as fast as real time`;
}

async function interrupted(): Promise<void> {
  await new Promise<void>((stopping) => {
    process.once("SIGTERM", () => stopping());
    process.once("SIGINT", () => {
      // npm passes on the Ctrl-C that the terminal has sent already: two within a second are one.
      const first = performance.now();
      process.on("SIGINT", () => performance.now() - first > 1000 && process.exit(130));
      stopping();
    });
    if (process.env.npm_lifecycle_event) onceOrphaned(stopping);
  });
}

/** npm passes a SIGTERM on to its shell, which ends and leaves this process behind. */
function onceOrphaned(stopping: () => void): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && stopping(), 200).unref();
}

async function stop(runtime: Runtime): Promise<void> {
  console.log("\nStopping: what is under way is finished first. Ctrl-C again stops at once.");
  await runtime.finish();
  const report = await runtime.deliveries();
  await runtime.close();
  console.log(closingWords(report));
}

function greet(): void {
  console.log(`Node ${process.versions.node}`);
  if (Number(process.versions.node.split(".")[0]) < 24) {
    console.log("Lambda runs Node 24, and so should this: start it with npm start, which brings its own.");
  }
}

greet();
try {
  const options = readStartOptions(process.argv.slice(2));
  if (options.help) console.log(help);
  else await start(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
