import { advice, ok, skipped, type Verdict } from "./finding.ts";
import type { Check, Probe } from "./probe.ts";
import { mailDomainOf } from "./read-settings.ts";

/** Whether the domain has a DMARC policy, which the large mailboxes ask of whoever sends much. */
export const checkDmarc: Check = {
  name: "DMARC",
  onlyOnAws: true,
  async run(probe) {
    const domain = mailDomainOf(probe);
    if (!domain) return [skipped("needs STEPLETTER_MAIL_DOMAIN in .env")];
    return [await policy(probe, domain)];
  },
};

async function policy({ resolver }: Probe, domain: string): Promise<Verdict> {
  const record = `_dmarc.${domain}  TXT  "v=DMARC1; p=none; rua=mailto:YOU@${domain}"`;
  for (const name of withParents(domain)) {
    let records: string[];
    try {
      records = (await resolver.resolveTxt(`_dmarc.${name}`)).map((parts) => parts.join(""));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "unknown";
      if (code === "ENOTFOUND" || code === "ENODATA") continue;
      return advice(
        `DNS did not tell whether ${name} has a policy (${code})`,
        `dig +short TXT _dmarc.${name}`,
      );
    }
    const policies = records.filter((text) => /^v=DMARC1\s*(;|$)/.test(text));
    if (policies.length > 1) return advice(`_dmarc.${name} has ${policies.length} policies, so none counts`);
    const [, wanted] = /;\s*p\s*=\s*(none|quarantine|reject)\b/i.exec(policies[0] ?? "") ?? [];
    if (wanted) return ok(`_dmarc.${name} says p=${wanted.toLowerCase()}`);
    if (policies.length === 1) return advice(`_dmarc.${name} names no policy (p=)`, record);
  }
  return advice(`${domain} has no policy: large mailboxes want one; add to DNS`, record);
}

/** A domain without a policy has that of a domain above it, but not of a top-level domain. */
function withParents(domain: string): string[] {
  const labels = domain.split(".");
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join("."));
}
