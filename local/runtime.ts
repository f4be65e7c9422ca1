import type { ServiceManifest } from "../infra/service.ts";
import { assemble } from "./assemble.ts";
import type { RuntimeClock } from "./clock.ts";
import { closers } from "./closers.ts";
import type { DeliveryReport } from "./delivery-report.ts";
import type { Environment } from "./environment.ts";
import type { FeedHealth } from "./feed-report.ts";
import type { FunctionLoader } from "./load-functions.ts";
import type { NextDue } from "./next-due.ts";
import type { FaultScript } from "./ses/fault.ts";
import type { SendingQuota } from "./ses/quota.ts";
import type { LocalSes } from "./ses/start-local-ses.ts";
import type { RunUntil } from "./stepper.ts";

/** How the service is run on this machine. */
export interface RuntimeOptions {
  dataDir: string;
  /** A clock that keeps its position in the data directory is opened only once the directory is ours. */
  clock: RuntimeClock | (() => RuntimeClock);
  /** 0, the default, takes any free port. */
  ports?: { app?: number; mail?: number; status?: number };
  /** Share of the queues' messages that are delivered twice, and of those that others overtake; 1 % by default. */
  duplicates?: number;
  /** The same seed makes the same duplicates. */
  seed?: string;
  /** Says nothing of what fails. */
  quiet?: boolean;
  ses?: { quota?: SendingQuota; faults?: FaultScript };
  manifest?: ServiceManifest;
  load?: FunctionLoader;
  /** The environment of this process; its `AWS_ENDPOINT_URL_…` replace local servers. */
  outer?: Environment;
}

/** The service, running. */
export interface Runtime {
  urls: { app: string; mail: string; status: string };
  clock: RuntimeClock;
  /** Absent when mail goes elsewhere. */
  ses: LocalSes | undefined;
  /** What a function sees as its environment. */
  environmentOf(functionName: string): Environment;
  /** What programs of the operator reach the same servers by, where they may do everything. */
  operatorEnvironment(): Environment;
  /** Waits until queues are empty, nothing is in flight and no SES event is pending. */
  idle(): Promise<void>;
  nextDue(): Promise<NextDue | undefined>;
  /** Moves a stepped calendar on, through all that is due on the way. */
  runUntil: RunUntil;
  deliveries(): Promise<DeliveryReport>;
  /** How it stands with every feed that has been polled. */
  feeds(): Promise<FeedHealth[]>;
  /** Takes on no more work, and waits for what is under way; the servers still answer. */
  finish(): Promise<void>;
  /** Finishes, and stops everything. */
  close(): Promise<void>;
}

/** Starts everything that the manifest names, on this machine, and drives its functions. */
export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const stack = closers();
  try {
    return await assemble(options, stack);
  } catch (error) {
    await stack.close().catch(() => {});
    throw error;
  }
}
