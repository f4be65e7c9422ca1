import { onTestFinished } from "vitest";
import { type Permission, type ServiceManifest, service } from "../../../infra/service.ts";
import type { Endpoints } from "../../../local/environment.ts";
import { guardsOf } from "../../../local/grants/guards.ts";
import { startServers } from "../../../local/servers.ts";
import { startLocalSes } from "../../../local/ses/start-local-ses.ts";
import { tempDir } from "../temp-dir.ts";
import { type Clients, clientsOf } from "./probes.ts";

/** Local servers that enforce a manifest. A test may change its permissions while they run. */
export async function startGuarded(): Promise<{
  manifest: { functions: Record<string, { permissions: Permission[] }> };
  endpoints: Endpoints;
  as(key: string): Clients;
}> {
  const manifest: ServiceManifest = structuredClone(service) as unknown as ServiceManifest;
  const dataDir = tempDir();
  const servers = await startServers(manifest, dataDir, {}, (close) => onTestFinished(close));
  const ses = await startLocalSes({
    port: 0,
    dataDir: `${dataDir}/ses`,
    now: () => new Date("2027-03-01T12:00:00Z"),
    emit: async () => {},
    guard: guardsOf(manifest, {}).sesv2,
  });
  onTestFinished(() => ses.close());
  const endpoints = { ...servers.endpoints, sesv2: ses.url };
  const made = new Map<string, Clients>();
  return {
    manifest,
    endpoints,
    as(key) {
      const clients = made.get(key) ?? clientsOf(key, endpoints);
      for (const client of made.has(key) ? [] : Object.values(clients))
        onTestFinished(() => client.destroy());
      made.set(key, clients);
      return clients;
    },
  };
}

/** Whether an endpoint let a call through, whatever became of it then. */
export async function isLetThrough(call: Promise<unknown>): Promise<boolean> {
  const error = await call.then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  return !/^AccessDenied/.test(error?.name ?? "");
}
