import { deployCommands } from "../open-environment.ts";
import { advice, ok, skipped, type Verdict } from "./finding.ts";
import type { Check, Probe } from "./probe.ts";
import { settingsOf } from "./read-settings.ts";

/** Who takes the mails of readers who want to leave: SES, or a person who has to read them. */
export const checkUnsubscribeMailbox: Check = {
  name: "mailbox",
  onlyOnAws: true,
  async run(probe) {
    const { site, environment, stage } = probe;
    if (!site) return [skipped("needs content/site.yaml")];
    const mailbox = site.unsubscribeMailbox;
    const settings = settingsOf(probe);
    const wanted = "problems" in settings ? undefined : settings.receiptRuleSet;
    const deployed = environment?.RECEIPT_RULE_SET;
    if (deployed === undefined && wanted !== undefined)
      return [
        advice(`mail to ${mailbox} is to be received by ${wanted}, once deployed`, deployCommands(stage)),
      ];
    if (deployed === undefined)
      return [
        advice(
          `mail to ${mailbox} is yours to read, within two days: Outlook unsubscribes by mail; or see docs/deploy.md, Unsubscribe by mail`,
          `npx stepletter unsubscribe "SUBJECT OF THE MAIL" --stage ${stage}`,
        ),
      ];
    return [await cameTo(probe, mailbox, deployed)];
  },
};

/** Whether mail to the mailbox gets as far as SES. Which rule set is the active one only SES's older API tells. */
async function cameTo({ resolver, region }: Probe, mailbox: string, ruleSet: string): Promise<Verdict> {
  const domain = mailbox.split("@")[1] ?? "";
  const inbound = `inbound-smtp.${await region()}.amazonaws.com`;
  const record = `${domain}  MX  10 ${inbound}`;
  let hosts: string[];
  try {
    hosts = (await resolver.resolveMx(domain)).map(({ exchange }) => exchange.toLowerCase());
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    if (code !== "ENOTFOUND" && code !== "ENODATA")
      return advice(`DNS did not tell where mail to ${domain} goes (${code})`, `dig +short MX ${domain}`);
    return advice(`mail to ${mailbox} goes nowhere, so nobody leaves by mail; add to DNS`, record);
  }
  if (!hosts.includes(inbound))
    return advice(`mail to ${mailbox} goes to ${hosts.join(", ")}, not to SES; change in DNS`, record);
  return ok(`mail to ${mailbox} goes to SES, where the rule set ${ruleSet} has to be the active one`);
}
