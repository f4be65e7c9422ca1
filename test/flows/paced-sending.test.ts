import {
  GetAccountCommand,
  type SESv2Client,
  SendEmailCommand,
  TooManyRequestsException,
} from "@aws-sdk/client-sesv2";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../adapters/clock.ts";
import { dynamoLastQuota, dynamoPlaces } from "../../adapters/dynamodb/pace.ts";
import { deleteRow, type Table } from "../../adapters/dynamodb/table.ts";
import { sesQuota } from "../../adapters/ses/quota.ts";
import type { Lane } from "../../core/delivery/packet.ts";
import { graceMs } from "../../core/pace/pace-ports.ts";
import { sharedPace } from "../../core/pace/shared-pace.ts";
import { startTable } from "../helpers/table.ts";
import { startSes } from "../local/ses/ses-harness.ts";

/** What the reckoning stands beside the grace; see test/core/pace/reckon.test.ts. */
const spareMs = 8;
const runMs = 2_500;

let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  ({ table, stop } = await startTable());
});
afterAll(() => stop());
beforeEach(() => deleteRow(table, { pk: "ACCOUNT", sk: "PACE" }));

interface Made {
  sent: number;
  throttled: boolean;
  /** Whether SES had it while its place was good; a machine that stands still makes no pace. */
  inTime: boolean;
}

/** A worker as a process of its own would be: it shares nothing but the row and SES. */
async function work(client: SESv2Client, lane: Lane, until: number): Promise<Made[]> {
  const quota = sesQuota(client, dynamoLastQuota(table), systemClock.elapsed);
  const pace = sharedPace({ clock: systemClock, places: dynamoPlaces(table), quota });
  const made: Made[] = [];
  while (systemClock.elapsed() < until) {
    const place = await pace.reserve(lane, 50);
    if ("laterMs" in place) break;
    await systemClock.sleep(Math.max(Math.ceil(place.at - systemClock.elapsed()), 0));
    if (systemClock.elapsed() > place.at + graceMs) continue;
    const throttled = await isThrottled(client, place.granted);
    const inTime = systemClock.elapsed() <= place.at + graceMs + spareMs;
    made.push({ sent: place.granted, throttled, inTime });
  }
  return made;
}

async function isThrottled(client: SESv2Client, count: number): Promise<boolean> {
  const mail = new SendEmailCommand({
    FromEmailAddress: "us@example.org",
    Destination: { ToAddresses: Array.from({ length: count }, (_, nth) => `reader-${nth}@example.com`) },
    Content: { Simple: { Subject: { Data: "Step 1" }, Body: { Text: { Data: "Begin." } } } },
  });
  try {
    await client.send(mail);
    return false;
  } catch (error) {
    if (error instanceof TooManyRequestsException) return true;
    throw error;
  }
}

describe("four workers, one table, and an SES that throttles", () => {
  it.for([14, 200])(
    "are told that they send too fast only where a call came late, with a quota of %i a second",
    { timeout: 60_000 },
    async (maxSendRate) => {
      const { client } = await startSes({ quota: { maxSendRate, max24HourSend: -1 }, elapsed: Date.now });
      const lanes: Lane[] = ["now", "bulk", "bulk", "bulk"];
      // Connections first: the first call of each would be a late one.
      await Promise.all(lanes.map(() => client.send(new GetAccountCommand({}))));
      const until = systemClock.elapsed() + runMs;
      const made = (await Promise.all(lanes.map((lane) => work(client, lane, until)))).flat();
      // A machine that stands still keeps no pace; the deterministic proof is in test/core/pace.
      const late = made.some(({ inTime }) => !inTime);
      expect(late || made.every(({ throttled }) => !throttled)).toBe(true);
      expect(made.reduce((sum, call) => sum + call.sent, 0)).toBeGreaterThan(0);
    },
  );
});
