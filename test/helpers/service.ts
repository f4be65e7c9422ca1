import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { connect, type Deps } from "../../adapters/connect.ts";
import type { Clock } from "../../core/time/clock.ts";
import { addMinutes, type Instant } from "../../core/time/instant.ts";
import { service as manifest } from "../../infra/service.ts";
import { type Environment, environmentOf } from "../../local/environment.ts";
import { startServers } from "../../local/servers.ts";
import type { FaultScript } from "../../local/ses/fault.ts";
import type { SesEventBridgeEvent } from "../../local/ses/ses-event.ts";
import { type LocalSes, startLocalSes } from "../../local/ses/start-local-ses.ts";
import { catalogue } from "./catalogue.ts";

const publicUrl = "https://steps.example";

/** A clock that a test sets; real time stands still with it. */
export interface TestClock extends Clock {
  set(instant: Instant): void;
  /** Real time passes. */
  pass(seconds: number): void;
}

/** The ports as a function has them, over embedded servers; nothing runs by itself. */
export interface TestService {
  deps: Deps;
  clock: TestClock;
  dynamodbUrl: string;
  /** What the functions would have as their environment. */
  environment: Environment;
  ses: LocalSes;
  /** Events that SES has emitted, as EventBridge would hand them on. */
  events: SesEventBridgeEvent[];
  /** Takes what is in a queue. */
  messages(queue: "send-now" | "send-bulk" | "feeds"): Promise<string[]>;
  stop(): Promise<void>;
}

/** Starts embedded servers for one test file. `faults` scripts what SES does wrong. */
export async function startService(
  options: { at?: Instant; faults?: FaultScript } = {},
): Promise<TestService> {
  const dataDir = await mkdtemp(join(tmpdir(), "stepletter-test-"));
  const closers: (() => Promise<void>)[] = [];
  const clock = testClock(options.at ?? "2027-03-01T12:00:00.000Z");
  const servers = await startServers(manifest, dataDir, {}, (close) => closers.unshift(close));
  const events: SesEventBridgeEvent[] = [];
  const ses = await startLocalSes({
    port: 0,
    dataDir: join(dataDir, "ses"),
    now: () => new Date(clock.now()),
    emit: async (event) => {
      events.push(event);
    },
    ...(options.faults && { faults: options.faults }),
  });
  const environment = environmentOf("send-packet", {
    manifest,
    publicUrl,
    outer: {},
    endpoints: { ...servers.endpoints, sesv2: ses.url },
    queueUrls: new Map([...servers.queues].map(([name, { url }]) => [name, url])),
  });
  return {
    deps: connect({ ...environment, SES_TIMEOUT_SECONDS: "1" }, { clock, catalogue }),
    clock,
    environment,
    dynamodbUrl: servers.endpoints.dynamodb,
    ses,
    events,
    async messages(queue) {
      const QueueUrl = servers.queues.get(queue)?.url;
      const { Messages = [] } = await servers.sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      return Messages.map(({ Body = "" }) => Body);
    },
    async stop() {
      await ses.close();
      for (const close of closers) await close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function testClock(start: Instant): TestClock {
  let now = start;
  let elapsed = 1_000_000;
  return {
    now: () => now,
    elapsed: () => elapsed,
    set: (instant) => {
      now = instant;
    },
    pass: (seconds) => {
      elapsed += seconds * 1000;
      now = addMinutes(now, seconds / 60);
    },
  };
}
