import type { WireItem, WireValue } from "./units.ts";

/** One statement of a batch, as far as a sink has to understand it. */
export interface Statement {
  verb: "INSERT" | "UPDATE" | "SELECT";
  /** Attributes that are written, with their values; those of the key among them. */
  item: WireItem;
  key: string;
}

interface Shape {
  verb: Statement["verb"];
  names: string[];
}

/** Texts repeat, only parameters change: each text is looked at once. */
const shapes = new Map<string, Shape>();

/**
 * Reads a statement whose values are all parameters, `"name" = ?` or `'name' : ?` in their order. Further
 * parameters (of `IN [?, ?]`) stand behind the last name.
 */
export function readStatement(text: string, parameters: WireValue[]): Statement {
  let shape = shapes.get(text);
  if (!shape) {
    shape = shapeOf(text);
    shapes.set(text, shape);
  }
  const item: WireItem = {};
  shape.names.forEach((name, index) => {
    const value = parameters[index];
    // What stands in WHERE, behind SET, is what was, not what is written.
    if (value && !(name in item)) item[name] = value;
  });
  return { verb: shape.verb, item, key: keyOf(item) };
}

/** The key of a row as one text. */
export function keyOf(item: WireItem): string {
  return `${item.pk?.S} ${item.sk?.S}`;
}

function shapeOf(text: string): Shape {
  const verb = /^\s*(INSERT|UPDATE|SELECT)\b/.exec(text)?.[1];
  if (!verb) throw new Error(`The sink does not know the statement ${text}`);
  const names = [...text.matchAll(/["'](\w+)["']\s*[:=]\s*\?/g)].map(([, name]) => name ?? "");
  return { verb: verb as Shape["verb"], names };
}
