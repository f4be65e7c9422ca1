import { GetAccountCommand, type SESv2Client } from "@aws-sdk/client-sesv2";
import type { LastQuota, SendQuota } from "../../core/pace/pace-ports.ts";

const freshMs = 60_000;
/** After SES did not answer; until then nobody waits for it again. */
const retryMs = 10_000;
/** Much less than a call that sends may take: a packet waits for this one. */
const patienceMs = 2_000;
/** What the sandbox has, and so every account at least. */
const leastPerSecond = 1;

/** The account's own quota, asked for once a minute; else what was last heard of, by any process; else one a second. */
export function sesQuota(client: SESv2Client, last: LastQuota, elapsed: () => number): SendQuota {
  let known: number | undefined;
  let stored: number | undefined;
  let current: Promise<number> | undefined;
  let staleAt = 0;

  async function find(): Promise<number> {
    const asked = await ask(client);
    if (asked === undefined) {
      staleAt = elapsed() + retryMs;
      known ??= await last.load().catch(() => undefined);
      return known ?? leastPerSecond;
    }
    staleAt = elapsed() + freshMs;
    // What the row lacks is a worse pace on a bad day, which is no reason to send nothing today.
    if (asked !== stored)
      await last.store(asked).then(
        () => {
          stored = asked;
        },
        () => {},
      );
    known = asked;
    return asked;
  }

  return {
    perSecond() {
      if (!current || elapsed() >= staleAt) {
        staleAt = elapsed() + freshMs;
        current = find();
      }
      return current;
    },
  };
}

async function ask(client: SESv2Client): Promise<number | undefined> {
  try {
    const { SendQuota } = await client.send(new GetAccountCommand({}), {
      abortSignal: AbortSignal.timeout(patienceMs),
    });
    const perSecond = SendQuota?.MaxSendRate ?? 0;
    return perSecond > 0 ? perSecond : undefined;
  } catch {
    return undefined;
  }
}
