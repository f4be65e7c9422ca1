import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleFunctions } from "../../build/bundle-functions.ts";
import { writeBundles } from "../../build/write-bundles.ts";
import { addMinutes, toInstant } from "../../core/time/instant.ts";
import { courses, site } from "../../dist/catalogue.ts";
import { service as manifest } from "../../infra/service.ts";
import type { FaultScript } from "../../local/ses/fault.ts";
import { catalogue } from "../helpers/catalogue.ts";
import { formPost, httpEvent, scheduleEvent, sqsEvent } from "../helpers/events.ts";
import { type FeedHost, rssOf, serving, startFeedHost } from "../helpers/feed-server.ts";
import { openedForm } from "../helpers/opened-form.ts";
import { allRows } from "../helpers/rows.ts";
import { type Sandbox, startSandbox } from "../helpers/sandbox.ts";
import { type FunctionName, startService, type TestService } from "../helpers/service.ts";
import { linkToken } from "../helpers/walk.ts";

const names = Object.keys(manifest.functions) as FunctionName[];
const email = "ada@example.com";
const { course } = site.defaults;

let directory: string;
let service: TestService;
const sandboxes = new Map<FunctionName, Sandbox>();
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "stepletter-bundles-"));
  await writeBundles(directory, await bundleFunctions(manifest));
  // The bundles go by the time of the machine.
  service = await startService({ at: toInstant(Date.now()), faults });
  await Promise.all(
    names.map(async (name) => sandboxes.set(name, await start(name, service.environmentOf(name)))),
  );
});
afterAll(async () => {
  await Promise.all([...sandboxes.values()].map((sandbox) => sandbox.close()));
  await service.stop();
  await rm(directory, { recursive: true });
});

/** What SES does with the mails to some. */
const faults: FaultScript = ({ mails }) => {
  const [to = ""] = mails.flatMap(({ recipients }) => recipients);
  if (to.startsWith("rate@")) return { before: { status: 429, errorType: "TooManyRequestsException" } };
  if (to.startsWith("refused@")) return { before: { status: 400, errorType: "MessageRejected" } };
  return undefined;
};
const start = (name: FunctionName, environment: Record<string, string | undefined>) =>
  startSandbox(join(directory, name, "index.mjs"), environment);

function run(name: FunctionName, event: unknown, given?: object): Promise<unknown> {
  const sandbox = sandboxes.get(name);
  if (!sandbox) throw new Error(`There is no sandbox of ${name}`);
  return sandbox.run(event, given);
}

/** The form of the front page, posted by somebody who had it open for a minute. */
async function signupOf(address: string) {
  return formPost("/signup", {
    started: await openedForm(service),
    email: address,
    zone: "America/New_York",
  });
}

/** Hands each message of a send queue to the bundle that sends. */
async function send(queue: "send-now" | "send-bulk"): Promise<void> {
  for (const body of await service.messages(queue))
    expect(await run("send-packet", sqsEvent(body))).toEqual({ batchItemFailures: [] });
}
/** State and reason of the one delivery to an address, and when its packet is due again. */
async function fateOf(address: string): Promise<unknown[]> {
  const rows = await allRows(service);
  const { pk = "" } = rows.find((row) => row.address === address) ?? {};
  const delivery = rows.find((row) => row.pk === pk && row.state);
  const packet = rows.find(({ recipients }) =>
    JSON.stringify(recipients ?? []).includes(String(pk).slice(4)),
  );
  return [delivery?.state, delivery?.reason, ...(packet?.dueAt ? [packet.dueAt] : [])];
}
const mailings = () => service.ses.mails().map(({ tags }) => tags.mailing);

describe("the bundled functions", () => {
  it("start with the environment of the manifest, a region and credentials, and export a handler alone", () => {
    for (const name of names) {
      const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, ...rest } = service.environmentOf(name);
      expect([AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY]).not.toContain(undefined);
      // On AWS the services are where the SDK looks for them.
      const given = Object.keys(rest).filter((variable) => !variable.startsWith("AWS_ENDPOINT_URL_"));
      expect(given.sort()).toEqual(Object.keys(manifest.functions[name].environment).sort());
      expect(sandboxes.get(name)?.exports).toEqual(["handler"]);
    }
  });

  it("take a signup, send its confirmation, and keep what SES tells of it", async () => {
    const signup = await signupOf(email);
    // The second time the address is taken, which DynamoDB tells by an error that is told apart by its class.
    for (let times = 0; times < 2; times++)
      expect(await run("http", signup)).toMatchObject({ statusCode: 202 });
    await send("send-now");
    expect(mailings()).toEqual([expect.stringMatching(/^confirm_/)]);
    expect(await run("record-events", sqsEvent(...service.events))).toEqual({ batchItemFailures: [] });
    expect(await allRows(service)).toContainEqual(
      expect.objectContaining({
        sk: expect.stringMatching(/^MAIL#confirm_/),
        state: "sent",
        on_accepted: expect.anything(),
      }),
    );
  });

  it("know what SES answered by the error's name", async () => {
    for (const address of ["rate@example.com", "refused@example.com"]) {
      await run("http", await signupOf(address));
      await send("send-now");
    }
    expect(await fateOf("refused@example.com")).toEqual(["failed", "MessageRejected"]);
    // By any other name its packet would wait for a quarter of an hour.
    const [state, , dueAt = ""] = await fateOf("rate@example.com");
    expect(state).toBe("released");
    expect(String(dueAt) < addMinutes(service.clock.now(), 10)).toBe(true);
  });

  it("send the first step of the real course to whoever confirms, by way of dispatch", async () => {
    const token = await linkToken(service, email, "confirm");
    expect(await run("http", formPost("/confirm", { token }))).toMatchObject({ statusCode: 200 });
    expect(await run("dispatch", scheduleEvent)).toBe(null);
    await send("send-bulk");
    expect(mailings()).toContainEqual(`course_${course}_run-1_${courses[course]?.steps[0]?.id}`);
  });

  it("show a page of the real catalogue", async () => {
    const page = (await run("http", httpEvent({ path: "/" }))) as { statusCode: number; body: string };
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain(site.name);
  });

  it("ask for the feeds that are due", async () => {
    await run("poll-feeds", scheduleEvent);
    expect((await service.messages("feeds")).length).toBeGreaterThan(0);
  });

  it("answer with the name of what went wrong, though their own names are short", async () => {
    const { AWS_ACCESS_KEY_ID: _, ...nobody } = service.environmentOf("poll-feeds");
    const keyless = await start("poll-feeds", nobody);
    await expect(keyless.run(scheduleEvent)).rejects.toThrow("CredentialsProviderError");
    await keyless.close();

    const elsewhere = { ...service.environmentOf("http"), AWS_ENDPOINT_URL_SSM: service.dynamodbUrl };
    const lost = await start("http", elsewhere);
    const answer = await lost.run(await signupOf(email));
    expect(answer).toMatchObject({ statusCode: 503 });
    expect(lost.log()).toMatch(/AppError: The keys in \S+ cannot be read: \w*Exception/);
    await lost.close();
  });
});

describe("the bundled poll-feed", () => {
  let host: FeedHost;
  beforeAll(async () => {
    host = await startFeedHost();
  });
  afterAll(() => host.stop());

  it("fetches, parses and keeps a feed, without the parts of packages that were left out", async () => {
    const feed = { id: "a", title: "A", url: `${host.origin}/a`, topic: "coding", everyMinutes: 60 };
    host.on("/a", serving(rssOf([{ id: "1" }, { id: "2" }])));
    const given = { catalogue: { ...catalogue, feeds: [feed] }, trustedFeedOrigin: host.origin };
    expect(await run("poll-feed", sqsEvent({ v: 1, feedId: "a" }), given)).toEqual({ batchItemFailures: [] });
    const items = (await allRows(service)).filter(({ sk }) => String(sk).startsWith("ITEM#"));
    expect(items.map(({ title }) => title).sort()).toEqual(["Item 1", "Item 2"]);
  });
});
