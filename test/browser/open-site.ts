import type { LambdaEvent } from "hono/aws-lambda";
import type { Browser } from "playwright-core";
import { handler } from "../../functions/http/handler.ts";
import { startGateway } from "../../local/gateway.ts";
import { context } from "../helpers/events.ts";
import { startService, type TestService } from "../helpers/service.ts";
import { openBrowser } from "./open-browser.ts";

/** A service behind its gateway, and a browser to look at it with. */
export interface Site {
  service: TestService;
  browser: Browser;
  url: string;
  close(): Promise<void>;
}

/** Starts a service whose calendar stands at `at`, with the browser of this machine. */
export async function openSite(at?: string): Promise<Site> {
  const service = await startService(at === undefined ? {} : { at });
  const gateway = await startGateway({
    port: 0,
    clock: service.clock,
    report: (error) => console.error(error),
    invoke: (event) => handler.with(service.depsOf("http"))(event as LambdaEvent, context),
  });
  const browser = await openBrowser();
  return {
    service,
    browser,
    url: gateway.url,
    async close() {
      await browser.close();
      await gateway.close();
      await service.stop();
    },
  };
}
