import type { FieldMap } from "../source/source.ts";
import type { Payloads } from "../source/source-ports.ts";

/** The fields of a signup as a payload has them, not yet looked at; or which one is not as it should be. */
export type FieldsRead = { fields: Record<string, unknown> } | { reason: string };

const flags: readonly string[] = ["digest", "reminders"];

/**
 * Reads the fields where the map says that they are; without one, at the top or, as payloads of Standard Webhooks
 * have them, in `data`.
 */
export function readFields(payloads: Payloads, map: FieldMap | undefined, payload: unknown): FieldsRead {
  if (!map) {
    const fields = isObject(payload) && isObject(payload.data) ? payload.data : payload;
    return isObject(fields) ? { fields } : { reason: "the body is not a JSON object" };
  }
  const fields: Record<string, unknown> = {};
  for (const [field, expression] of Object.entries(map)) {
    const value = payloads.find(expression, payload) ?? undefined;
    if (value === undefined || value === "") continue;
    const fits = typeof value === "string" || (flags.includes(field) && typeof value === "boolean");
    if (!fits)
      return { reason: `${field} is no ${flags.includes(field) ? "yes or no" : "text"} at ${expression}` };
    fields[field] = value;
  }
  return fields.email === undefined ? { reason: `there is no email at ${map.email}` } : { fields };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
