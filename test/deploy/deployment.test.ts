import { setTimeout as sleep } from "node:timers/promises";
import { GetFunctionConfigurationCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { editionOf } from "../../core/digest/edition.ts";
import { deployedBy, service } from "../../infra/service.ts";
import { type Deployment, names, now, startDeployment } from "./deployment.ts";
import { makeDue, readDigestAlone } from "./digest.ts";
import { allRows, ledgerOf, type Row } from "./ledger.ts";
import { answerWelcome, confirm, join, people, signUp } from "./people.ts";
import { damagePacket, deadLetters, moveBack, repairPacket, ring, setVisibility } from "./poison.ts";
import { complaint, delay, eventAt } from "./ses-events.ts";
import { callAs, createSite, outcomesOf } from "./site.ts";
import { step } from "./step.ts";
import { walkLocally } from "./walk-locally.ts";
import { eventually, mailsTo, mailTo, textOf, type World } from "./world.ts";

/** Walks the course too, but has a packet that is damaged; whoever else is tested with is not compared. */
const unlucky = "unlucky@example.com";
/** Reads the digest, and is on no course. */
const reader = "reader@example.com";

describe("the service, deployed by the CDK onto an emulator", () => {
  let deployment: Deployment;
  let world: World;
  let startedAt: string;
  let readerId: string;
  const closers: (() => unknown)[] = [];
  const rows = () => allRows(deployment.clients.table, deployment.environment.TABLE_NAME ?? "");
  const idOf = async (address: string) => String(profileOf(await rows(), address)?.id);

  beforeAll(async () => {
    deployment = await startDeployment((close) => closers.unshift(close));
    const { ses, gateway, environment } = deployment;
    const { host } = new URL(environment.PUBLIC_URL ?? "");
    world = { ses, gateway, host, pass: (seconds) => sleep(seconds * 1000) };
  });

  afterAll(async () => {
    for (const close of closers) await close();
  });

  it("has in its parameter what its functions have as their environment", async () => {
    const functions = await configurations(deployment);
    expect(functions).toHaveLength(Object.keys(deployedBy(service, {}).functions).length);
    const { AWS_REGION, ...written } = deployment.environment;
    for (const { Variables } of functions) expect(Variables).toMatchObject(written);
    expect(AWS_REGION).toBe("us-east-1");
  });

  it("takes signups over the HTTP API, mails the link, and confirms", async () => {
    startedAt = now();
    await step("sign up and confirm", async () => {
      await join(world);
      await signUp(world, unlucky);
      await confirm(world, unlucky);
      readerId = await readDigestAlone(deployment, world, reader, idOf);
    });
    const walker = profileOf(await rows(), people.walker);
    expect(walker).toMatchObject({ lists: { minutes: { state: "joined", run: 1 } } });
    expect(profileOf(await rows(), people.silent)).toMatchObject({ lists: { minutes: { state: "wanted" } } });
  });

  it("takes a signup that a site has signed, by a secret in its key ring, and mails the link", async () => {
    const email = "customer@example.com";
    const call = { id: "msg_order-7", payload: { email, name: "Kim" } };
    const site = await step("create a source", () => createSite(deployment, "shop"));
    const other = { ...site, secret: `whsec_${Buffer.alloc(32, 7).toString("base64")}` };
    expect(await callAs(world, other, call)).toBe(401);
    await step("a signed signup", async () => {
      // A secret is good within half a minute, once the functions have read the keys again.
      const answers: number[] = [];
      while (answers.at(-1) !== 202 && answers.length < 20) {
        if (answers.length > 0) await sleep(2_500);
        answers.push(await callAs(world, site, call));
      }
      expect(answers.filter((status) => status !== 401)).toEqual([202]);
      await mailTo(world, email, "confirm_");
      await confirm(world, email);
    });
    expect(await callAs(world, site, call)).toBe(409);
    const [latest, before, ...earlier] = await outcomesOf(deployment, site);
    expect([latest, before, ...new Set(earlier)]).toEqual(["replayed", "accepted", "forged"]);
    expect(profileOf(await rows(), email)).toMatchObject({
      consent: { source: "shop" },
      lists: { minutes: { state: "joined" } },
    });
  });

  it("dispatches by its schedule alone, and sends through the queue", async () => {
    await step("the first mail of the course", () => answerWelcome(world, 90));
  });

  it("polls a feed by its schedule alone, and keeps what is new in it", async () => {
    const ofFeed = async () => (await rows()).filter(({ pk }) => pk === "FEED#minutes-news");
    const state = await step("a poll by schedule and queue", () =>
      eventually("the state of the feed", 90, async () => (await ofFeed()).find(({ sk }) => sk === "STATE")),
    );
    expect(state).toMatchObject({ health: "ok", failures: 0 });
    const titles = (await ofFeed()).filter(({ sk }) => sk.startsWith("ITEM#")).map(({ title }) => title);
    expect(titles.sort()).toEqual(["A story that was polled", "Another one"]);
    await makeDue(deployment, readerId, editionOf(String(state.lastPolledAt)));
  });

  it("takes whoever asks by mail off a list, by the subject that their mail came with", async () => {
    const email = "customer@example.com";
    const welcome = await step("a mail to leave by", () =>
      mailTo(world, email, "course_minutes_run-1_welcome", 90),
    );
    const header = welcome.headers.find(({ name }) => name === "List-Unsubscribe")?.value ?? "";
    const mailto = new URL(/<(mailto:[^>]+)>/.exec(header)?.[1] ?? "");
    const subject = mailto.searchParams.get("subject") ?? "";
    expect(await deployment.stepletter("unsubscribe", subject)).toContain("has left minutes");
    expect(profileOf(await rows(), email)).toMatchObject({ lists: { minutes: { state: "left" } } });
  });

  it("puts a poisoned message away after five receives, and sends when it comes back to a repaired packet", async () => {
    const subscriberId = String(profileOf(await rows(), unlucky)?.id);
    const mailing = { kind: "course", course: "minutes", run: 1, step: "farewell" } as const;
    const queue = deployment.environment.SEND_BULK_QUEUE_URL ?? "";
    const packetId = await damagePacket(deployment, mailing, subscriberId);
    // A failed message comes back when its visibility ends: five times six minutes, as deployed.
    expect(await setVisibility(deployment.clients, queue, 1)).toBe(
      service.queues["send-bulk"].visibilitySeconds,
    );
    await ring(deployment.clients, queue, packetId);
    const [dead] = await step("a poisoned message goes to the dead letters", () =>
      eventually("a dead letter", 60, () => deadLetters(deployment.clients, queue)),
    );
    expect(JSON.parse(dead?.Body ?? "")).toEqual({ v: 1, packetId });
    expect(Number(dead?.Attributes?.ApproximateReceiveCount)).toBe(
      service.queues["send-bulk"].maxReceives + 1,
    );
    await setVisibility(deployment.clients, queue, service.queues["send-bulk"].visibilitySeconds);
    expect(mailsTo(world, unlucky).some(({ tags }) => tags.mailing?.endsWith("farewell"))).toBe(false);

    await repairPacket(deployment, packetId, subscriberId);
    await moveBack(deployment.clients, queue, dead);
    await step("a redriven message is sent", () => mailTo(world, unlucky, "course_minutes_run-1_farewell"));
  });

  it("records an SES event that comes over the bus, and none of another configuration set", async () => {
    const subscriberId = String(profileOf(await rows(), unlucky)?.id);
    const [mail] = mailsTo(world, unlucky);
    const about = { messageId: mail?.messageId ?? "", mailing: mail?.tags.mailing ?? "", subscriberId };
    const { clients } = deployment;
    await clients.putEvent(complaint({ ...about, configurationSet: "another" }));
    await clients.putEvent(delay({ ...about, configurationSet: names.configurationSet }));
    const row = await step("an event reaches the ledger", () =>
      eventually("the event", 30, async () =>
        (await rows()).find(
          ({ pk, sk, on_delayed }) =>
            pk === `SUB#${subscriberId}` && sk === `MAIL#${about.mailing}` && on_delayed,
        ),
      ),
    );
    expect(row).toMatchObject({ state: "sent", on_delayed: eventAt });
    expect(row).not.toHaveProperty("on_complained");
    expect(profileOf(await rows(), unlucky)).not.toHaveProperty("suppressed");
  });

  it("takes a changed variable by a second deployment, and goes on", async () => {
    await step("cdk deploy with a changed variable", () =>
      deployment.deploy({ POWERTOOLS_LOG_LEVEL: "WARN" }),
    );
    const levels = (await configurations(deployment)).map(({ Variables }) => Variables.POWERTOOLS_LOG_LEVEL);
    expect(new Set(levels)).toEqual(new Set(["WARN"]));
    await step("another signup", () => signUp(world, "later@example.com"));
  });

  it("sends a digest of what was polled, by its schedule alone", async () => {
    const mail = await step("a digest by schedule and queue", () => mailTo(world, reader, "digest_", 90));
    expect(await textOf(mail)).toContain("A story that was polled");
    expect(mailsTo(world, reader).map(({ tags }) => tags.mailing?.split("_")[0])).toEqual([
      "confirm",
      "digest",
    ]);
  });

  it("leaves the same ledger as the same people through the local runtime", async () => {
    const there = async () => ledgerOf(await rows(), Object.values(people));
    const here = await step("the course on this machine", () => walkLocally(deployment.project, startedAt));
    await step("the course comes to its end", async () => {
      await mailTo(world, people.walker, "course_minutes_run-1_farewell", 240);
      await eventually(
        "its last event",
        20,
        async () => (await there()).join() === here.join() || undefined,
      ).catch(() => {});
    });
    expect(await there()).toEqual(here);
    expect(here).toHaveLength(9);
    // The packet that was damaged went early; the course that came to the same step did not send it again.
    const steps = mailsTo(world, unlucky).map(({ tags }) => tags.mailing?.split("_").at(-1));
    expect(steps.slice(1).sort()).toEqual(["farewell", "middle", "welcome"]);
  });
});

function profileOf(all: Row[], address: string): Row | undefined {
  return all.find((row) => row.sk === "PROFILE" && row.address === address);
}

/** The functions of the stack as they are now. */
async function configurations({ clients }: Deployment) {
  const { Functions = [] } = await clients.lambda.send(new ListFunctionsCommand({}));
  const ours = Functions.filter(({ FunctionName }) => FunctionName?.startsWith(names.stack));
  return Promise.all(
    ours.map(async ({ FunctionName }) => {
      const command = new GetFunctionConfigurationCommand({ FunctionName });
      const { Environment } = await clients.lambda.send(command);
      return { FunctionName, Variables: Environment?.Variables ?? {} };
    }),
  );
}
