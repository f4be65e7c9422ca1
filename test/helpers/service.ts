import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { connect, type Deps } from "../../adapters/connect.ts";
import type { MeasureName } from "../../core/measures.ts";
import type { Clock } from "../../core/time/clock.ts";
import { addMinutes, type Instant } from "../../core/time/instant.ts";
import { service as manifest } from "../../infra/service.ts";
import { type Environment, environmentOf, operatorEnvironment } from "../../local/environment.ts";
import { guardsOf } from "../../local/grants/guards.ts";
import { startServers } from "../../local/servers.ts";
import type { FaultScript } from "../../local/ses/fault.ts";
import type { SesEventBridgeEvent } from "../../local/ses/ses-event.ts";
import { type LocalSes, startLocalSes } from "../../local/ses/start-local-ses.ts";
import { catalogue } from "./catalogue.ts";

const publicUrl = "https://steps.example";

/** A clock that a test sets; real time stands still with it, and a sleep is over at once. */
export interface TestClock extends Clock {
  set(instant: Instant): void;
  /** Real time passes. */
  pass(seconds: number): void;
}

/** A function of the manifest. */
export type FunctionName = keyof typeof manifest.functions;

/** The ports over embedded servers, which enforce what the manifest grants; nothing runs by itself. */
export interface TestService {
  /** As an operator has them, who may do everything: to prepare, and to look at what became of it. */
  deps: Deps;
  /** As a function has them, under its own key. */
  depsOf(name: FunctionName): Deps;
  clock: TestClock;
  dynamodbUrl: string;
  /** What an operator's programs have as their environment. */
  environment: Environment;
  /** What a function has as its environment. */
  environmentOf(name: FunctionName): Environment;
  ses: LocalSes;
  /** Events that SES has emitted, as EventBridge would hand them on. */
  events: SesEventBridgeEvent[];
  /** What the functions have measured, in order. */
  measured: [MeasureName, number][];
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
    guard: guardsOf(manifest, {}).sesv2,
    ...(options.faults && { faults: options.faults }),
  });
  const created = {
    manifest,
    publicUrl,
    outer: {},
    endpoints: { ...servers.endpoints, sesv2: ses.url },
    queueUrls: new Map([...servers.queues].map(([name, { url }]) => [name, url])),
  };
  const environment = operatorEnvironment(created);
  const connected = (as: Environment) =>
    connect(
      { ...as, SES_TIMEOUT_SECONDS: "1" },
      { clock, catalogue, measures: { note: (name, value) => measured.push([name, value]) } },
    );
  const measured: TestService["measured"] = [];
  const functions = new Map<FunctionName, Deps>();
  return {
    deps: connected(environment),
    depsOf(name) {
      const deps = functions.get(name) ?? connected(environmentOf(name, created));
      functions.set(name, deps);
      return deps;
    },
    clock,
    environment,
    environmentOf: (name) => environmentOf(name, created),
    dynamodbUrl: servers.endpoints.dynamodb,
    ses,
    events,
    measured,
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
    sleep: async (milliseconds) => {
      elapsed += milliseconds;
    },
    set: (instant) => {
      now = instant;
    },
    pass: (seconds) => {
      elapsed += seconds * 1000;
      now = addMinutes(now, seconds / 60);
    },
  };
}
