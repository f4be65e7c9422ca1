import { parseAddress } from "../subscriber/address.ts";

/** Slips of the keyboard in names of mail providers. None of them is known to have mailboxes of its own. */
const slips: Record<string, string[]> = {
  gmail: [
    ...["gmial", "gmal", "gmai", "gmil", "gamil", "gmali", "gmaill", "gmaiil", "gmmail", "gnail"],
    ...["gmaik", "gmsil", "gmaul", "gmaol", "ggmail", "gmailc", "gmeil", "gmqil", "gmaail", "gmailm"],
  ],
  hotmail: [
    ...["hotmial", "hotmal", "hotmai", "hotmil", "hotmaill", "homail", "htmail", "hotamil", "hotmali"],
    ...["hotnail", "hitmail", "hoymail", "hotmsil", "hormail", "hottmail", "otmail", "hotmaik"],
  ],
  yahoo: ["yaho", "yahooo", "yhoo", "yahho", "yaoo", "yahhoo", "yhaoo", "yaboo", "yahou", "yaho0", "uahoo"],
  outlook: [
    ...["outlok", "oulook", "outllook", "outlool", "outloo", "outloook", "outlock", "outook", "otlook"],
    ...["outlookk", "oultook", "putlook", "outliok", "outlokk"],
  ],
  icloud: ["iclod", "icoud", "iclould", "icloid", "icluod", "iclud", "iclloud", "icould", "iclooud"],
};

/** The endings under which a provider has mailboxes, the usual one first. */
const endings: Record<string, string[]> = {
  gmail: ["com"],
  hotmail: ["com", "co.uk", "fr", "de", "it", "es", "ca"],
  yahoo: ["com", "co.uk", "co.in", "com.au", "com.br", "com.mx", "fr", "de", "it", "es", "ca", "in"],
  outlook: ["com", "fr", "de", "it", "es"],
  icloud: ["com"],
};

/** Endings that are no country's and nobody's, and what was meant: no mail can ever arrive there. */
const noEndings: Record<string, string> = {
  ...meaning("com", ["con", "cmo", "ocm", "cpm", "vom", "xom", "dom", "comm", "coom", "conm", "comn", "cim"]),
  ...meaning("net", ["nte", "nett", "ent"]),
  ...meaning("org", ["ogr", "orgg", "rog"]),
  ...meaning("edu", ["eud", "edy", "deu"]),
};

/** Endings that do exist, and yet not for these providers. */
const oddEndings = ["co", "cm", "om", "c", "m", "cok", "ccom", "comc"];

const providers = new Map(
  Object.entries(slips).flatMap(([name, slipped]) => [name, ...slipped].map((typed) => [typed, name])),
);

/**
 * The address that was probably meant, or undefined. It goes by lists, not by likeness: of two domains that are
 * one letter apart, both may be right, and somebody's clinic is not to be taken for a mistake.
 */
export function suggestAddress(typed: string): string | undefined {
  const address = parseAddress(typed);
  if (!address) return undefined;
  const at = address.mailTo.lastIndexOf("@");
  const domain = address.mailTo.slice(at + 1);
  const meant = domainMeant(domain);
  return meant === domain ? undefined : `${address.mailTo.slice(0, at)}@${meant}`;
}

function domainMeant(domain: string): string {
  const dot = domain.indexOf(".");
  const [name, ending] = [domain.slice(0, dot), domain.slice(dot + 1)];
  const provider = providers.get(name);
  if (provider) {
    const known = endings[provider] ?? [];
    const meant = oddEndings.includes(ending) ? known[0] : mended(ending);
    // Where the provider has no mailboxes, the name is another's, and right.
    if (meant && known.includes(meant)) return `${provider}.${meant}`;
  }
  const last = domain.lastIndexOf(".") + 1;
  return domain.slice(0, last) + mended(domain.slice(last));
}

function mended(ending: string): string {
  return Object.hasOwn(noEndings, ending) ? (noEndings[ending] ?? ending) : ending;
}

function meaning(right: string, wrong: string[]): Record<string, string> {
  return Object.fromEntries(wrong.map((ending) => [ending, right]));
}
