import type { Catalogue } from "../core/catalogue.ts";

/** The parts of the catalogue by name, as functions import them; the digest's mail also by itself, for who previews it. */
export function cataloguePartsOf(catalogue: Catalogue) {
  const { digest } = catalogue.mails;
  return Object.entries({ ...catalogue, digestMails: { ...(digest && { digest }) } }) as [
    keyof Catalogue | "digestMails",
    unknown,
  ][];
}
