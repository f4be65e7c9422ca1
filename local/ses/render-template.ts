import { badRequest } from "./ses-error.ts";

/** The values of a template, or of one recipient; `TemplateData` is a JSON object in a string. */
export function readTemplateData(json: string | undefined): Record<string, unknown> {
  if (json === undefined || json === "") return {};
  const data = parse(json);
  if (typeof data === "object" && data !== null && !Array.isArray(data)) return { ...data };
  throw badRequest("Template data is not a JSON object.");
}

/** Why a template cannot be filled: SES accepts the call and reports this by an event. */
export class MissingAttribute extends Error {
  override readonly name = "MissingAttribute";
}

/** Puts values in as SES does for inline content: `{{name}}` only, and without HTML escaping. */
export function renderTemplate(text: string, data: Record<string, unknown>): string {
  return text.replace(/\{\{([^{}]*)\}\}/g, (_match, inner: string) => {
    const name = inner.trim();
    if (Object.hasOwn(data, name)) return String(data[name] ?? "");
    throw new MissingAttribute(`Attribute '${name}' is not present in the rendering data.`);
  });
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw badRequest("Template data is not valid JSON.");
  }
}
