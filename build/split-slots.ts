import { type CompiledText, type Slot, type SlotName, slotNames } from "../core/catalogue.ts";
import { findSlots, slotPattern } from "./find-slots.ts";

/** Parts compiled HTML at its slots; each slot knows how its value must be escaped. */
export function splitHtml(html: string): CompiledText {
  return split(
    html,
    findSlots(html).map(({ name, index, length, place }) => {
      if (typeof place !== "string") throw new Error(`The slot {{${name}}} stands ${place.mistake}`);
      if (name === "bodyHtml" && place === "url")
        throw new Error("The slot {{bodyHtml}} stands in an address");
      return { slot: slotAs(name, place, "bodyHtml"), index, length };
    }),
  );
}

/** Parts a plain text of one line, such as a subject, or a piece of one, at its slots. */
export function splitText(text: string): CompiledText {
  return splitPlain(text, undefined);
}

/** Parts the text part of a mail, which may hold a body made at run time. */
export function splitTextPart(text: string): CompiledText {
  return splitPlain(text, "bodyText");
}

function splitPlain(text: string, block: SlotName | undefined): CompiledText {
  return split(
    text,
    [...text.matchAll(slotPattern)].map(({ 0: written, 1: name = "", index }) => ({
      slot: slotAs(name, "text", block),
      index,
      length: written.length,
    })),
  );
}

/** Of the bodies made at run time, which come escaped, only the one of this part may stand in it. */
function slotAs(name: string, as: Slot["as"], block: SlotName | undefined): Slot {
  const slot = known(name);
  if (slot === block) return { name: slot, as: "block" };
  if (slot === "bodyHtml" || slot === "bodyText") throw new Error(`The slot {{${slot}}} cannot stand here`);
  return { name: slot, as };
}

function split(text: string, found: { slot: Slot; index: number; length: number }[]): CompiledText {
  const literals: string[] = [];
  let end = 0;
  for (const { index, length } of found) {
    literals.push(text.slice(end, index));
    end = index + length;
  }
  return { literals: [...literals, text.slice(end)], slots: found.map(({ slot }) => slot) };
}

function known(name: string): SlotName {
  const slot = slotNames.find((candidate) => candidate === name);
  if (!slot) throw new Error(`There is no slot {{${name}}}`);
  return slot;
}
