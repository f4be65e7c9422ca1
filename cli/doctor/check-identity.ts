import type { GetEmailIdentityResponse } from "@aws-sdk/client-sesv2";
import { blocks, ok, type Verdict } from "./finding.ts";
import { getIdentity } from "./get-identity.ts";
import type { Check } from "./probe.ts";

/** Whether SES may send from the domain, and signs what it sends. */
export const checkIdentity: Check = {
  name: "identity",
  onlyOnAws: true,
  async run(probe) {
    const found = await getIdentity(probe);
    if ("verdict" in found) return [found.verdict];
    const { domain, identity } = found;
    return [verified(domain, identity), dkim(domain, identity)];
  },
};

function verified(domain: string, { VerifiedForSendingStatus }: GetEmailIdentityResponse): Verdict {
  if (VerifiedForSendingStatus) return ok(`${domain} is verified`);
  return blocks(`${domain} is not verified: SES refuses to send from it until it finds the records of DKIM`);
}

function dkim(domain: string, { DkimAttributes = {} }: GetEmailIdentityResponse): Verdict {
  const { Status = "NOT_STARTED", SigningEnabled, Tokens = [], SigningAttributesOrigin } = DkimAttributes;
  const zone = DkimAttributes.SigningHostedZone ?? "dkim.amazonses.com";
  if (Status === "SUCCESS" && SigningEnabled) return ok("DKIM signs every mail");
  if (Status === "SUCCESS")
    return blocks(
      "DKIM is set up, and switched off",
      `aws sesv2 put-email-identity-dkim-attributes --email-identity ${domain} --signing-enabled`,
    );
  // With a key of one's own, SES knows its selector only.
  if (SigningAttributesOrigin === "EXTERNAL" || Tokens.length === 0)
    return blocks(`DKIM is not ready (${Status})`, `aws sesv2 get-email-identity --email-identity ${domain}`);
  const records = Tokens.map((token) => `${token}._domainkey.${domain}  CNAME  ${token}.${zone}`);
  const says = `DKIM is not ready (${Status}); SES looks for these records in DNS, for up to 72 hours`;
  return blocks(says, records.join("\n"));
}
