import { forEvery } from "../every.ts";
import type { Deliveries } from "../ports.ts";
import { parseMailing } from "./mailing.ts";
import { type OpenPacketsDeps, openPackets } from "./open-packets.ts";
import { policies } from "./policy.ts";

export interface ResolveUnknownDeps extends OpenPacketsDeps {
  deliveries: Deliveries;
}

/**
 * Applies the policy of their class to deliveries that no event has settled in time. The packet of a second
 * sending is written before the delivery leaves the due index, so a crash between the two loses nothing.
 */
export async function resolveUnknown(deps: ResolveUnknownDeps, limit: number): Promise<void> {
  const due = await deps.deliveries.dueUnknown(deps.clock.now(), limit);
  await forEvery(due, async (delivery) => {
    const mailing = parseMailing(delivery.mailing);
    const again = mailing && policies[mailing.kind].unknown === "once-more" && delivery.attempt === 1;
    if (again) {
      await openPackets(deps, mailing, [delivery.subscriberId], { plannedAt: delivery.dueAt, attempt: 2 });
    }
    await deps.deliveries.leaveUnknown(delivery);
  });
}
