import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SESv2Client } from "@aws-sdk/client-sesv2";
import { onTestFinished, vi } from "vitest";
import type { SesEventBridgeEvent } from "../../../local/ses/ses-event.ts";
import { type LocalSes, type LocalSesOptions, startLocalSes } from "../../../local/ses/start-local-ses.ts";

/** A local SES under test, the real client that speaks to it, and what it emitted. */
export interface SesHarness {
  ses: LocalSes;
  client: SESv2Client;
  events: SesEventBridgeEvent[];
  /** Back when every event owed was handled. */
  settled(): Promise<void>;
}

/** A directory of its own for one test. */
export async function temporaryDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "local-ses-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

/** Starts a local SES that stops with the test. */
export async function startSes(options: Partial<LocalSesOptions> = {}): Promise<SesHarness> {
  const events: SesEventBridgeEvent[] = [];
  const ses = await startLocalSes({
    port: 0,
    dataDir: options.dataDir ?? (await temporaryDirectory()),
    now: () => new Date("2026-03-02T09:30:00.250Z"),
    emit: async (event) => {
      events.push(event);
    },
    ...options,
  });
  const client = clientOf(ses.url);
  onTestFinished(async () => {
    client.destroy();
    await ses.close();
  });
  return { ses, client, events, settled: () => vi.waitFor(() => noneOwed(ses), { timeout: 10_000 }) };
}

/** The client as the service uses it: no retries, for each would send again. */
export function clientOf(endpoint: string, requestTimeout = 0): SESv2Client {
  return new SESv2Client({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
    requestHandler: { requestTimeout, throwOnRequestTimeout: true },
  });
}

function noneOwed(ses: LocalSes): void {
  if (ses.eventsPending() > 0) throw new Error(`${ses.eventsPending()} events are owed.`);
}
