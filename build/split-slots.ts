import { type CompiledText, type Slot, type SlotName, slotNames } from "../core/catalogue.ts";
import { findSlots, slotPattern } from "./find-slots.ts";

/** Parts compiled HTML at its slots; each slot knows how its value must be escaped. */
export function splitHtml(html: string): CompiledText {
  return split(
    html,
    findSlots(html).map(({ name, index, length, place }) => {
      if (typeof place !== "string") throw new Error(`The slot {{${name}}} stands ${place.mistake}`);
      return { slot: { name: known(name), as: place }, index, length };
    }),
  );
}

/** Parts a plain text, such as a subject, at its slots. */
export function splitText(text: string): CompiledText {
  return split(
    text,
    [...text.matchAll(slotPattern)].map(({ 0: written, 1: name = "", index }) => ({
      slot: { name: known(name), as: "text" },
      index,
      length: written.length,
    })),
  );
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
