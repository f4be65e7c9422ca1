import { isSimulator } from "./decide-outcome.ts";
import type { MailRecord } from "./mail-record.ts";

/** What an account may send; -1 a day means without limit. */
export interface SendingQuota {
  /** Recipients per second of real time. */
  maxSendRate: number;
  /** Recipients in 24 hours of calendar time, whichever 24 hours these are. */
  max24HourSend: number;
}

/** Counts recipients against the account's two limits. */
export interface QuotaMeter {
  /** Counts the recipients if both limits have room for all of them. */
  admit(recipients: string[]): "admitted" | "rate-exceeded" | "day-exceeded";
  sentLast24Hours(): number;
}

interface Clocks {
  now: () => Date;
  elapsed: () => number;
}

/** Starts with what the account's mails already used up. */
export function createQuotaMeter(
  quota: SendingQuota,
  { now, elapsed }: Clocks,
  mails: Pick<MailRecord, "acceptedAt" | "recipients">[],
): QuotaMeter {
  const second = createWindow(1000);
  const day = createWindow(24 * 60 * 60 * 1000);
  for (const { acceptedAt, recipients } of mails) {
    day.add(Date.parse(acceptedAt), countable(recipients.map(({ address }) => address)));
  }
  return {
    admit(recipients) {
      const daily = countable(recipients);
      const inDay = day.sum(now().getTime());
      const inSecond = second.sum(elapsed());
      if (quota.max24HourSend !== -1 && daily > 0 && inDay + daily > quota.max24HourSend)
        return "day-exceeded";
      // A message to more people than the rate allows has to pass at some time: in a second of its own.
      if (inSecond > 0 && inSecond + recipients.length > quota.maxSendRate) return "rate-exceeded";
      day.add(now().getTime(), daily);
      second.add(elapsed(), recipients.length);
      return "admitted";
    },
    sentLast24Hours: () => day.sum(now().getTime()),
  };
}

function countable(recipients: string[]): number {
  return recipients.filter((address) => !isSimulator(address)).length;
}

function createWindow(lengthMs: number) {
  const taken: { at: number; count: number }[] = [];
  let sum = 0;
  return {
    add(at: number, count: number) {
      taken.push({ at, count });
      sum += count;
    },
    sum(now: number): number {
      while (taken[0] && taken[0].at <= now - lengthMs) sum -= taken.shift()?.count ?? 0;
      return sum;
    },
  };
}
