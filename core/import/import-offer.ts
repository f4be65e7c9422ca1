import { createHash } from "node:crypto";
import { mostTags, Tag } from "../audience/tag.ts";
import type { Catalogue } from "../catalogue.ts";
import { digestList } from "../digest/digest-subscription.ts";

/** What all rows of an import have in common, as the operator says it. */
export interface ImportOffer {
  /** What everybody joins: courses, the digest. */
  lists: string[];
  /** What everybody is tagged with. */
  tags: string[];
  /** How they agreed, in the operator's words: kept as evidence. */
  consent: string;
  /** The name of the import, by which evidence tells of it. */
  name: string;
}

/** Field names with what is wrong and what to do. */
export type OfferProblems = Partial<Record<keyof ImportOffer, string>>;

const nameShape = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const shortest = 10;
const longest = 1000;

/** What is wrong with what an import is to do, and what to do about it. */
export function offerProblems(offer: ImportOffer, { courses }: Pick<Catalogue, "courses">): OfferProblems {
  const lists = [...Object.keys(courses), digestList];
  const unknown = offer.lists.find((list) => !lists.includes(list));
  const badTag = offer.tags.find((tag) => !Tag.safeParse(tag).success);
  const words = offer.consent.trim().length;
  return {
    ...(offer.lists.length === 0 && { lists: `Name a list that they join: ${lists.join(", ")}.` }),
    ...(unknown !== undefined && {
      lists: `There is no list ${JSON.stringify(unknown)} to import to. Choose of: ${lists.join(", ")}.`,
    }),
    ...(badTag !== undefined && {
      tags: `${JSON.stringify(badTag)} is no tag: write one such as spring-event.`,
    }),
    ...(offer.tags.length > mostTags && { tags: `A person has at most ${mostTags} tags.` }),
    ...((words < shortest || words > longest) && {
      consent: `Say how these people agreed to be written to, in ${shortest} to ${longest} characters: it is kept as evidence.`,
    }),
    ...((offer.name.length > 60 || !nameShape.test(offer.name)) && {
      name: "Name the import in small letters, digits and single dashes, such as spring-event.",
    }),
  };
}

/** The operator's words as a text of consent, under a version made of them. */
export function importConsent({ consent }: Pick<ImportOffer, "consent">): { version: string; text: string } {
  const text = `Imported by an operator, who says how these people agreed: ${consent.trim()}`;
  return { version: createHash("sha256").update(text).digest("hex").slice(0, 12), text };
}
