import type { Instant } from "../time/instant.ts";
import type { Sending } from "./account-ports.ts";
import type { Probe } from "./pass-stops.ts";
import { replaceStop } from "./replace-stop.ts";
import { beginStop, type Stop, type StopCause, type StopScope, waitUntil } from "./stop.ts";

/** Why SES would refuse the next mail too. */
export interface Refused {
  scope: StopScope;
  cause: StopCause;
  code: string;
}

/** Writes a stop down, unless one stands already; answers until when to wait. A probe has put off the next one before. */
export async function noteStop(
  sending: Sending,
  mailing: string,
  refused: Refused,
  { probe, now }: { probe: Probe; now: Instant },
): Promise<Instant> {
  const { scope, cause, code } = refused;
  const probed = probe.find((standing) => standing.scope === scope)?.stop;
  const stop: Stop = probed ? { ...probed, cause, code } : beginStop(refused, now);
  if (await replaceStop(sending, { scope, mailing }, probed, stop)) return stop.probeAt;
  const found = await sending.loadFor(mailing);
  const standing = scope === "mailing" ? found.stop : found.state?.stop;
  return standing ? waitUntil(standing, now) : stop.probeAt;
}
