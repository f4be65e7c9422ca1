import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Instant } from "../../core/time/instant.ts";
import { calendarFile } from "../../local/calendar-file.ts";
import { writeEnvironment } from "../../local/environment-file.ts";
import { tableOf } from "../helpers/rows.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { type Ran, runCli } from "./run-cli.ts";

/** An embedded service with a data directory, as commands find one on this machine. */
export interface OperatorService {
  service: TestService;
  /** Its data directory. */
  data: string;
  rows: ReturnType<typeof tableOf>;
  /** Runs a command on it. */
  run(...args: string[]): Promise<Ran>;
  /** Runs a command on it and reads the JSON that it answers. */
  json(...args: string[]): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts a service for commands, whose calendar stands still. */
export async function startOperatorService(at: Instant): Promise<OperatorService> {
  const service = await startService({ at });
  const data = await mkdtemp(join(tmpdir(), "stepletter-operator-"));
  writeEnvironment(data, service.environment);
  calendarFile(data).write(at);
  const rows = tableOf(service);
  const run = (...args: string[]) => runCli([...args, "--data", data]);
  return {
    service,
    data,
    rows,
    run,
    async json(...args) {
      const { stdout, stderr } = await run(...args, "--json");
      return JSON.parse(stdout || stderr);
    },
    async stop() {
      rows.close();
      await service.stop();
      await rm(data, { recursive: true, force: true });
    },
  };
}
