import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Catalogue } from "../../core/catalogue.ts";
import { addMinutes, type Instant } from "../../core/time/instant.ts";
import { service } from "../../infra/service.ts";
import { calendarClock } from "../../local/clock.ts";
import { functionLoader } from "../../local/load-functions.ts";
import { startRuntime } from "../../local/runtime.ts";
import { allRows, ledgerOf } from "./ledger.ts";
import { answerWelcome, join as joinAll, people } from "./people.ts";
import { removeAtEnd } from "./processes.ts";

/** The same people through the local runtime, in stepped time from that instant on: the ledger that they leave. */
export async function walkLocally(project: string, startAt: Instant): Promise<string[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "stepletter-local-"));
  removeAtEnd(dataDir);
  const built = pathToFileURL(join(project, "dist/catalogue.ts")).href;
  const { catalogue } = (await import(built)) as { catalogue: Catalogue };
  const clock = calendarClock({ startAt });
  const runtime = await startRuntime({
    dataDir,
    clock,
    load: functionLoader({ catalogue: { ...catalogue, feeds: [] } }),
    outer: {},
  });
  try {
    if (!runtime.ses) throw new Error("The local runtime has no mailboxes");
    const { host, origin } = new URL(runtime.urls.app);
    const pass = async (seconds: number) => clock.jumpTo(addMinutes(clock.now(), seconds / 60));
    const world = { ses: runtime.ses, gateway: origin, host, pass };
    await joinAll(world);
    await runtime.runUntil(addMinutes(startAt, 1));
    await answerWelcome(world, 5);
    await runtime.runUntil(addMinutes(startAt, 10));
    const client = new DynamoDBClient({
      region: "us-east-1",
      endpoint: runtime.environmentOf("dispatch").AWS_ENDPOINT_URL_DYNAMODB ?? "",
      credentials: { accessKeyId: "runtime", secretAccessKey: "local" },
    });
    const rows = await allRows(DynamoDBDocumentClient.from(client), service.name);
    client.destroy();
    return ledgerOf(rows, Object.values(people));
  } finally {
    await runtime.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
