import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { ok } from "./finding.ts";
import type { Check } from "./probe.ts";

/** Whose account this is. No permission is needed to ask, so a refusal is one of the credentials. */
export const checkCredentials: Check = {
  name: "credentials",
  onlyOnAws: true,
  async run({ clients }) {
    const { Account, Arn = "" } = await clients.sts.send(new GetCallerIdentityCommand({}));
    return [ok(`account ${Account}, as ${Arn.split(":").slice(5).join(":")}`)];
  },
};
