import { type OpenPacketsDeps, openPackets } from "../delivery/open-packets.ts";
import { type KeepGuestDeps, keepGuest } from "../guest/keep-guest.ts";
import type { Rates } from "../limit/limit-ports.ts";
import { secondsLeft } from "../limit/seconds-left.ts";
import { conditionsOf, readMerge } from "../merge/read-merge.ts";
import { toMilliseconds } from "../time/instant.ts";
import type { Campaigns } from "./campaign-ports.ts";
import { type Persona, personaReader } from "./personas.ts";

export interface TestCampaignDeps extends KeepGuestDeps, OpenPacketsDeps {
  campaigns: Pick<Campaigns, "load">;
  rates: Rates;
}

export type TestCampaignOutcome =
  | { status: "sent" }
  | { status: "missing" }
  | { status: "no-address" }
  | { status: "suppressed" }
  | { status: "too-many"; seconds: number };

/** What one key may send to addresses that nobody has confirmed. */
const limit = { most: 20, seconds: 3600 };
/** A mailing counts up to nine digits. */
const longestCount = 1_000_000_000;

/** Sends a campaign to any address, as one of the personas would get it. It counts nowhere. */
export async function testCampaign(
  deps: TestCampaignDeps,
  { id, address, as, by }: { id: string; address: string; as: Persona; by: string },
): Promise<TestCampaignOutcome> {
  const campaign = await deps.campaigns.load(id);
  if (!campaign) return { status: "missing" };
  const now = deps.clock.now();
  if ((await deps.rates.spend(`test#${by}`, limit, now)) === undefined)
    return { status: "too-many", seconds: secondsLeft(limit, now) };
  const { title, markdown = "" } = campaign;
  const conditions = conditionsOf([...readMerge(title).parts, ...readMerge(markdown).parts]);
  const kept = await keepGuest(deps, { address, as: personaReader(as, conditions) });
  if (kept.status !== "kept") return kept;
  const round = (Math.floor(toMilliseconds(now) / 1000) % longestCount) + 1;
  await openPackets(deps, { kind: "test", campaign: id, round }, [kept.id], { plannedAt: now });
  return { status: "sent" };
}
