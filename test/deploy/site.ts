import { Webhook } from "standardwebhooks";
import { request } from "undici";
import type { Deployment } from "./deployment.ts";
import type { World } from "./world.ts";

/** A site that hands signups over by Standard Webhooks. */
export interface Site {
  name: string;
  secret: string;
}

/** Makes a source as an operator does: its row in the table, its secret in the key ring. */
export async function createSite({ stepletter }: Deployment, name: string): Promise<Site> {
  const made = JSON.parse(await stepletter("sources", "create", name, "--kind", "standard", "--json"));
  return { name, secret: made.secret };
}

/** The site signs a call, or somebody who does not know its secret; answers the status. */
export async function callAs(
  { gateway, host }: World,
  { name, secret }: Site,
  call: { id: string; payload: Record<string, unknown> },
): Promise<number> {
  const body = JSON.stringify(call.payload);
  const at = new Date();
  const { statusCode, body: answer } = await request(new URL(`/hooks/${name}`, gateway), {
    method: "POST",
    headers: {
      host,
      "content-type": "application/json",
      "webhook-id": call.id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(secret).sign(call.id, at, body),
    },
    body,
    headersTimeout: 20_000,
  });
  await answer.dump();
  return statusCode;
}

/** What became of the calls of a site, the newest first, as its operator sees it. */
export async function outcomesOf({ stepletter }: Deployment, { name }: Site): Promise<string[]> {
  const calls = JSON.parse(await stepletter("sources", "calls", name, "--json")) as { outcome: string }[];
  return calls.map(({ outcome }) => outcome);
}
