import { handler as admin } from "../../../functions/admin/handler.ts";
import { type Gateway, startGateway } from "../../../local/gateway.ts";
import { adminKey } from "../../helpers/campaigns.ts";
import { context } from "../../helpers/events.ts";
import { startService, type TestService } from "../../helpers/service.ts";
import { type Ran, runCli } from "../run-cli.ts";

/** A service whose API answers on loopback, and an owner's key to it. */
export interface AdminSite {
  service: TestService;
  url: string;
  key: string;
  /** Runs a command on it. */
  run(...args: string[]): Promise<Ran>;
  /** What the next calls of the API are answered with instead, if it is anything. */
  answerNext(...statuses: number[]): void;
  stop(): Promise<void>;
}

/** Starts one. */
export async function startAdminSite(): Promise<AdminSite> {
  const service = await startService();
  const instead: number[] = [];
  const gateway: Gateway = await startGateway({
    port: 0,
    clock: service.clock,
    invoke: (event) => {
      const status = instead.shift();
      return status === undefined || status === 200
        ? (admin.with(service.depsOf("admin"))(event as never, context) as never)
        : (Promise.resolve({ statusCode: status, headers: { "retry-after": "1" }, body: "{}" }) as never);
    },
    report: (error) => console.error(error),
  });
  const key = await adminKey(service);
  return {
    service,
    url: gateway.url,
    key,
    run: (...args) => runCli(args, { STEPLETTER_URL: gateway.url, STEPLETTER_KEY: key }),
    answerNext: (...statuses) => void instead.push(...statuses),
    async stop() {
      await gateway.close();
      await service.stop();
    },
  };
}
