import { join } from "node:path";
import { type Instant, toMilliseconds } from "../core/time/instant.ts";
import { service } from "../infra/service.ts";
import type { Closers } from "./closers.ts";
import { reportDeliveries } from "./delivery-report.ts";
import { endpointVariables, environmentOf, operatorEnvironment, regionOf } from "./environment.ts";
import { httpRouter, schedulesOf, startPollers } from "./event-sources.ts";
import { reportFeeds } from "./feed-report.ts";
import { followSpeed } from "./follow-speed.ts";
import { startGateway } from "./gateway.ts";
import { guardsOf } from "./grants/guards.ts";
import { untilIdle } from "./idle.ts";
import type { Invoke } from "./invoke.ts";
import { functionLoader, loadFunctions } from "./load-functions.ts";
import { lockDirectory } from "./lock.ts";
import { throwListenError } from "./loopback.ts";
import { findNextDue } from "./next-due.ts";
import type { Runtime, RuntimeOptions } from "./runtime.ts";
import { startScheduler } from "./scheduler.ts";
import { startServers } from "./servers.ts";
import { startLocalSes } from "./ses/start-local-ses.ts";
import { sesEvents } from "./ses-events.ts";
import { startStatusServer } from "./status-server.ts";
import { stepper } from "./stepper.ts";

/** Puts the parts together, each with what stops it. */
export async function assemble(options: RuntimeOptions, stack: Closers): Promise<Runtime> {
  const { dataDir, ports = {}, manifest = service, load = functionLoader(), outer = process.env } = options;
  const report = options.quiet ? () => {} : (error: unknown) => console.error(error);
  stack.add("directory", await lockDirectory(dataDir));
  const clock = typeof options.clock === "function" ? options.clock() : options.clock;
  stack.add("servers", () => clock.close());

  const http = Promise.withResolvers<Invoke>();
  const gateway = await startGateway({
    port: ports.app ?? 0,
    clock,
    invoke: async (event) => (await http.promise)(event),
    report,
  });
  stack.add("requests", gateway.close);

  const servers = await startServers(manifest, dataDir, outer, (close) => stack.add("servers", close));
  const { eventQueue } = manifest.mail;
  const queueUrls = new Map([...servers.queues].map(([name, { url }]) => [name, url]));
  const events = sesEvents(servers.sqs, queueUrls.get(eventQueue) ?? "");
  const mailElsewhere = outer[endpointVariables.sesv2];
  const ses = mailElsewhere
    ? undefined
    : await startLocalSes({
        port: ports.mail ?? 0,
        dataDir: join(dataDir, "ses"),
        now: () => new Date(toMilliseconds(clock.now())),
        emit: events.emit,
        region: regionOf(outer),
        signupUrl: gateway.url,
        guard: guardsOf(manifest, outer).sesv2,
        ...options.ses,
      }).catch(throwListenError(ports.mail ?? 0));
  if (ses) stack.add("mail", ses.close);

  const endpoints = { ...servers.endpoints, sesv2: ses?.url ?? mailElsewhere ?? "" };
  const created = { manifest, endpoints, queueUrls, publicUrl: gateway.url, outer };
  const environment = (functionName: string) => environmentOf(functionName, created);
  const functions = await loadFunctions(manifest, environment, clock, load);
  http.resolve(httpRouter(manifest, functions));

  const sources = startPollers(manifest, servers, functions, {
    duplicates: options.duplicates ?? 0.01,
    seed: options.seed ?? "stepletter",
    onSettled: events.settle,
    report,
  });
  for (const { queue, poller } of sources)
    stack.add(queue === eventQueue ? "events" : "sending", poller.close);
  const scheduler = startScheduler(schedulesOf(manifest, functions), clock, report);
  stack.add("calendar", scheduler.close);

  const idle = untilIdle({
    sqs: servers.sqs,
    gateway,
    scheduler,
    sources,
    eventsPending: ses?.eventsPending ?? (() => 0),
    eventQueue,
    sesEvents: events,
  });
  const nextDue = (after?: Instant) => findNextDue(servers.dynamodb, manifest.name, manifest.table, after);
  const runUntil = stepper({ clock, scheduler, nextDue, idle });
  const deliveries = () => reportDeliveries(servers.dynamodb, manifest.name, manifest.table);
  const feeds = () => reportFeeds(servers.dynamodb, manifest.name, manifest.table);
  const status = await startStatusServer(ports.status ?? 0, async () => ({
    now: clock.now(),
    pace: clock.pace,
    nextDue: await nextDue(),
    eventsPending: ses?.eventsPending() ?? 0,
    deliveries: await deliveries(),
    feeds: await feeds(),
  }));
  stack.add("status", status.close);

  if (clock.pace === "real") {
    // Whoever starts it wants to see feeds and mails now, not at the next quarter of an hour.
    void scheduler.runDue("ticks");
    scheduler.follow(200);
  }
  if (clock.pace === "fast") stack.add("calendar", followSpeed(clock, runUntil, report));
  return {
    urls: { app: gateway.url, mail: endpoints.sesv2, status: `${status.url}/status.json` },
    clock,
    ses,
    environmentOf: environment,
    operatorEnvironment: () => operatorEnvironment(created),
    idle,
    nextDue: () => nextDue(),
    runUntil,
    deliveries,
    feeds,
    finish: () => stack.close("events"),
    close: () => stack.close(),
  };
}
