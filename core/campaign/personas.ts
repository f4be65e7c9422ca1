import { topics } from "../catalogue.ts";
import type { MergeReader } from "../merge/choose-text.ts";
import type { Condition } from "../merge/read-merge.ts";

/** Readers that a campaign is looked at as, before it goes. */
export const personas = ["reader", "no-name", "long-name", "right-to-left", "every-block"] as const;
export type Persona = (typeof personas)[number];

const plain: MergeReader = { name: "Alex Morgan", zone: "America/New_York", topics: [], lists: {} };

/** A persona, for a text that asks for these conditions. */
export function personaReader(persona: Persona, conditions: Condition[]): MergeReader {
  switch (persona) {
    case "reader":
      return plain;
    case "no-name":
      return { ...plain, name: "" };
    case "long-name":
      return { ...plain, name: "Wilhelmina Theodora Featherstonehaugh-Cholmondeley of Bartholomew Upton" };
    case "right-to-left":
      return { ...plain, name: "מרים בן־דוד" };
    case "every-block":
      return {
        name: plain.name,
        zone: zoneOf(conditions) ?? plain.zone,
        tags: asked(conditions, "tag"),
        topics: [...topics],
        lists: Object.fromEntries(asked(conditions, "list").map((list) => [list, joined])),
      };
  }
}

const joined = { state: "joined", run: 1, since: "2027-01-01T00:00:00.000Z" } as const;

function asked(conditions: Condition[], of: Condition["of"]): string[] {
  return conditions.flatMap((condition) => (condition.of === of ? [condition.what] : []));
}

/** Somebody lives in one zone, so of several that are asked for one holds. */
function zoneOf(conditions: Condition[]): string | undefined {
  const [zone] = asked(conditions, "zone");
  if (zone === undefined || !zone.endsWith("*")) return zone;
  return Intl.supportedValuesOf("timeZone").find((name) => name.startsWith(zone.slice(0, -1)));
}
