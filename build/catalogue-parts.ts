import type { Catalogue } from "../core/catalogue.ts";

/** The parts of the catalogue by name, as functions import them; the mails of digest and campaigns also by themselves, for who previews them. */
export function cataloguePartsOf(catalogue: Catalogue) {
  const previewed = ([key]: [string, unknown]) =>
    key === "digest" || key === "campaign" || key.startsWith("design/");
  const previewedMails = Object.fromEntries(Object.entries(catalogue.mails).filter(previewed));
  return Object.entries({ ...catalogue, previewedMails }) as [keyof Catalogue | "previewedMails", unknown][];
}
