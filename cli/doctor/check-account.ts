import { GetAccountCommand, type GetAccountResponse } from "@aws-sdk/client-sesv2";
import { advice, blocks, ok, type Verdict } from "./finding.ts";
import type { Check } from "./probe.ts";

const askForProduction =
  "aws sesv2 put-account-details --production-access-enabled --mail-type MARKETING --website-url https://YOUR.SITE";

/** What SES lets this account do: to whom it may send, and how much. */
export const checkAccount: Check = {
  name: "SES account",
  async run({ clients, stage }) {
    const account = await clients.ses.send(new GetAccountCommand({}));
    return [access(account, stage), ...standing(account), quota(account)];
  },
};

function access({ ProductionAccessEnabled }: GetAccountResponse, stage: string): Verdict {
  if (ProductionAccessEnabled) return ok("out of the sandbox: it may send to anyone");
  const says = "in the sandbox: it may send to addresses that are verified, and to nobody else";
  return stage === "production" ? blocks(says, askForProduction) : advice(says, askForProduction);
}

function standing({ SendingEnabled, EnforcementStatus }: GetAccountResponse): Verdict[] {
  const found: Verdict[] = [];
  if (EnforcementStatus === "SHUTDOWN")
    found.push(blocks("SES has shut the account's sending down", "answer the case that AWS Support opened"));
  else if (EnforcementStatus === "PROBATION")
    found.push(
      advice("SES has the account under review", "aws sesv2 get-account   # and the case in AWS Support"),
    );
  if (!SendingEnabled && EnforcementStatus !== "SHUTDOWN")
    found.push(
      blocks(
        "sending is paused for the whole account",
        "aws sesv2 put-account-sending-attributes --sending-enabled",
      ),
    );
  return found;
}

function quota({ SendQuota = {} }: GetAccountResponse): Verdict {
  const { MaxSendRate = 0, Max24HourSend = 0, SentLast24Hours = 0 } = SendQuota;
  const rate = `${count(MaxSendRate)} ${MaxSendRate === 1 ? "mail" : "mails"} a second`;
  if (Max24HourSend === -1) return ok(`${rate}, without a daily limit`);
  const left = Math.max(0, Max24HourSend - SentLast24Hours);
  const says = `${count(left)} of ${count(Max24HourSend)} mails of 24 hours are left, at ${rate}`;
  if (left === 0) return blocks(`${says}: mail waits until older mails are a day old`);
  return left < Max24HourSend / 10 ? advice(says) : ok(says);
}

function count(number: number): string {
  return Math.floor(number).toLocaleString("en-US");
}
