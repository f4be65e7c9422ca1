import type { Catalogue, CompiledText } from "../catalogue.ts";
import { AppError } from "../errors.ts";
import { chooseNews, rankNews } from "./choose-news.ts";
import { type DigestBody, type DigestContent, type DigestStationery, digestBody } from "./digest-body.ts";
import type { EditionItem } from "./read-news.ts";

/** Gmail clips a mail at about 102 KB, and with it the link to leave: the whole HTML stays under this many bytes. */
export const mostHtmlBytes = 90_000;
/** The same for the text part. */
export const mostTextBytes = 60_000;

/** What a value of one reader takes at most, a name or an address with its signature. */
const slotBytes = 1_000;

export interface FitDigestDeps extends DigestStationery {
  catalogue: Pick<Catalogue, "fragments" | "mails">;
}

/** A digest that fits: its body, what it shows, and what stands on the pages alone. */
export interface FittedDigest extends DigestBody, Pick<DigestContent, "shown" | "beyond"> {}

/**
 * The best of the items, as many as a mail may hold in bytes, whatever they are made of: first the last ones go without
 * their summary, then whatever is too long stays out. What stays out is on the pages, with the rest.
 */
export function fitDigest(deps: FitDigestDeps, items: EditionItem[], isOfOneWeek: boolean): FittedDigest {
  const ranked = rankNews(items);
  const left = bytesLeft(deps.catalogue);
  const write = (shown: EditionItem[], bare: number) => {
    const beyond = ranked.filter((item) => !shown.includes(item));
    return { shown, beyond, ...digestBody(deps, { shown, bare, beyond, isOfOneWeek }) };
  };
  const fits = ({ bodyHtml, bodyText }: DigestBody) =>
    Buffer.byteLength(bodyHtml) <= left.html && Buffer.byteLength(bodyText) <= left.text;

  const best = chooseNews(ranked);
  for (let bare = 0; bare <= best.length; bare++) {
    const whole = write(best, bare);
    if (fits(whole)) return whole;
  }
  let fitted = write([], 0);
  for (const item of best) {
    const shown = [...fitted.shown, item];
    const longer = write(shown, shown.length);
    if (fits(longer)) fitted = longer;
  }
  return fitted;
}

/** What the layout leaves to the body. */
function bytesLeft({ mails }: Pick<Catalogue, "mails">): { html: number; text: number } {
  const mail = mails.digest;
  if (!mail) throw new AppError("missing", "mail.no-template", "The catalogue has no mail digest");
  return { html: mostHtmlBytes - bytesOf(mail.html), text: mostTextBytes - bytesOf(mail.text) };
}

function bytesOf({ literals, slots }: CompiledText): number {
  return Buffer.byteLength(literals.join("")) + slots.length * slotBytes;
}
