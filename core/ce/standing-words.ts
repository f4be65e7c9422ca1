import type { Credential } from "../catalogue.ts";
import type { CeStanding } from "./ce-standing.ts";

/** What a reminder says of the hours: "You have logged 12 of 20 hours for RHIT. 8 are missing, 3 of them from AHIMA." */
export function standingWords(
  { name, body }: Pick<Credential, "name" | "body">,
  { logged, counted, required, missing = 0, own }: CeStanding,
): string {
  if (required === undefined)
    return `You have logged ${hours(logged)} for ${name}. How many you need we could not verify: ask ${body}.`;
  const done = `You have logged ${counted} of ${hours(required)} for ${name}.`;
  if (missing === 0) return `${done} That is all you need.`;
  return `${done} ${missing === 1 ? "1 is" : `${missing} are`} missing${fromBody(body, missing, own?.missing ?? 0)}.`;
}

function fromBody(body: string, missing: number, ownMissing: number): string {
  if (ownMissing === 0) return "";
  if (ownMissing < missing) return `, ${ownMissing} of them from ${body}`;
  return missing === 1 ? `, and must come from ${body}` : `, all of them from ${body}`;
}

function hours(count: number): string {
  return count === 1 ? "1 hour" : `${count} hours`;
}
