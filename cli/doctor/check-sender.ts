import type { Site } from "../../core/catalogue.ts";
import { blocks, ok, type Verdict } from "./finding.ts";
import type { Check } from "./probe.ts";
import { settingsOf } from "./read-settings.ts";

/** Domains that are nobody's, by RFC 2606. */
const placeholder = /[@.]example(\.(com|net|org))?$/i;
/** The address that a fresh checkout brings. */
const samplePostalAddress = /sample street/i;

const edit = "edit content/site.yaml, then deploy";

/** Whether mail comes from somebody: addresses of its own, a postal address, and a domain that SES may use. */
export const checkSender: Check = {
  name: "sender",
  onlyOnAws: true,
  offline: true,
  async run(probe) {
    const { site } = probe;
    if (!site) return [blocks("content/site.yaml cannot be read", "npm run build   # tells what is wrong")];
    const settings = settingsOf(probe);
    const wrong = [...placeholders(site)];
    const domain = site.sender.address.split("@")[1];
    if ("mailDomain" in settings && settings.mailDomain !== domain && !placeholder.test(site.sender.address))
      wrong.push(
        blocks(
          `mail would come from ${domain}, but may come from ${settings.mailDomain} only: SES refuses it`,
          "make sender.address in content/site.yaml and STEPLETTER_MAIL_DOMAIN in .env agree",
        ),
      );
    return wrong.length > 0 ? wrong : [ok(`${site.sender.name} <${site.sender.address}>`)];
  },
};

function placeholders({ sender, replyTo, unsubscribeMailbox, postalAddress }: Site): Verdict[] {
  const addresses = { "sender.address": sender.address, replyTo, unsubscribeMailbox };
  const samples = Object.entries(addresses).filter(([, address]) => placeholder.test(address));
  const found = samples.map(([name, address]) => blocks(`${name} is still the sample ${address}`, edit));
  if (postalAddress.some((line) => samplePostalAddress.test(line)))
    found.push(blocks("postalAddress is still the sample: the law asks for your own in every mail", edit));
  return found;
}
