import {
  GetEmailIdentityCommand,
  type GetEmailIdentityResponse,
  NotFoundException,
} from "@aws-sdk/client-sesv2";
import { deployCommands } from "../open-environment.ts";
import { blocks, skipped, type Verdict } from "./finding.ts";
import type { Probe } from "./probe.ts";
import { mailDomainOf, settingsOf } from "./read-settings.ts";

/** What SES knows of the domain that mail is sent from, or why there is nothing to know. */
export async function getIdentity(
  probe: Probe,
): Promise<{ domain: string; identity: GetEmailIdentityResponse } | { verdict: Verdict }> {
  const domain = mailDomainOf(probe);
  if (!domain) return { verdict: skipped("needs STEPLETTER_MAIL_DOMAIN in .env") };
  try {
    const call = new GetEmailIdentityCommand({ EmailIdentity: domain });
    return { domain, identity: await probe.clients.ses.send(call) };
  } catch (error) {
    if (!(error instanceof NotFoundException)) throw error;
    return { verdict: unknownDomain(probe, domain) };
  }
}

function unknownDomain(probe: Probe, domain: string): Verdict {
  const settings = settingsOf(probe);
  if ("mailDomainExists" in settings && settings.mailDomainExists)
    return blocks(
      `SES does not know ${domain} in this region, although STEPLETTER_MAIL_DOMAIN_EXISTS says so`,
      `aws sesv2 create-email-identity --email-identity ${domain}`,
    );
  if (!probe.environment) return skipped(`the deployment registers ${domain} with SES`);
  return blocks(`SES does not know ${domain} in this region`, deployCommands(probe.stage));
}
