import { advice, ok } from "./finding.ts";
import { getIdentity } from "./get-identity.ts";
import type { Check } from "./probe.ts";

/** Whether bounces come back to a domain of one's own, so that SPF agrees with the sender. Mail goes without, too. */
export const checkMailFrom: Check = {
  name: "MAIL FROM",
  onlyOnAws: true,
  async run(probe) {
    const found = await getIdentity(probe);
    if ("verdict" in found) return [{ ...found.verdict, level: "skipped" }];
    const { domain, identity } = found;
    const { MailFromDomain = "", MailFromDomainStatus } = identity.MailFromAttributes ?? {};
    if (!MailFromDomain)
      return [
        advice(
          "bounces go to a domain of SES, so SPF is not yours",
          `aws sesv2 put-email-identity-mail-from-attributes --email-identity ${domain} --mail-from-domain mail.${domain}`,
        ),
      ];
    if (MailFromDomainStatus === "SUCCESS") return [ok(`${MailFromDomain}, with its records`)];
    const host = `feedback-smtp.${await probe.region()}.amazonses.com`;
    const records = `${MailFromDomain}  MX   10 ${host}\n${MailFromDomain}  TXT  "v=spf1 include:amazonses.com ~all"`;
    return [advice(`${MailFromDomain} is not ready (${MailFromDomainStatus}); add to DNS`, records)];
  },
};
