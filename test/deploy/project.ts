import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** What an operator's checkout has, as far as a deployment needs it. */
const parts = [
  "adapters",
  "build",
  "core",
  "functions",
  "infra",
  "templates",
  "web",
  "cdk.json",
  "package.json",
  "tsconfig.json",
];

/**
 * Lays out the project with another content: it is then built, bundled and deployed as an operator would do it. What differs
 * besides is what no operator can have: feeds come from `feedOrigin` on this machine, and are looked through each minute.
 */
export async function layOutProject(folder: string, feedOrigin: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(parts.map((part) => cp(join(root, part), join(folder, part), { recursive: true })));
  await cp(join(root, "test/fixtures/deploy/content"), join(folder, "content"), { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "functions/queue/poll-feed.ts"), pollFeedFrom(feedOrigin));
  await edit(join(folder, "infra/service.ts"), "cron(0/15 * * * ? *)", "cron(* * * * ? *)");
}

/** The handler of the service, which reads its feeds from an origin that the guard would refuse. */
function pollFeedFrom(origin: string): string {
  return `
import { connectPollFeed } from "../../adapters/connect/poll-feed.ts";
import { FeedPoll, pollFeed } from "../../core/feed/poll-feed.ts";
import { onSqs } from "../edge/sqs.ts";

const origin = ${JSON.stringify(origin)};
const here = (feed) => ({ ...feed, url: origin + new URL(feed.url).pathname });

export const handler = onSqs(FeedPoll, pollFeed, (environment, given) => {
  const deps = connectPollFeed(environment, { ...given, trustedFeedOrigin: origin });
  return { ...deps, catalogue: { ...deps.catalogue, feeds: deps.catalogue.feeds.map(here) } };
});
`;
}

async function edit(file: string, before: string, after: string): Promise<void> {
  const text = await readFile(file, "utf8");
  if (text.split(before).length !== 2) throw new Error(`${file} does not have ${before} once`);
  await writeFile(file, text.replace(before, after));
}
