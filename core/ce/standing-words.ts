import type { Credential } from "../catalogue.ts";
import { type CeStanding, surplusOf } from "./ce-standing.ts";

/** What a reminder says of the hours: "You have logged 12 of 20 hours for RHIT. 8 are missing, 3 of them from AHIMA." */
export function standingWords(
  { name, body, own: rule }: Pick<Credential, "name" | "body" | "own">,
  standing: CeStanding,
): string {
  const { logged, counted, required, missing = 0, own } = standing;
  if (required === undefined)
    return `You have logged ${hours(logged)} for ${name}. How many you need we could not verify: ask ${body}.`;
  if (missing === 0 && logged > required)
    return `You have logged ${hours(logged)} for ${name}. You need ${required}, so that is all.`;
  const done = `You have logged ${counted} of ${hours(required)} for ${name}.`;
  if (missing === 0) return `${done} That is all you need.`;
  const from = rule?.from ?? body;
  const lacking = `${missing === 1 ? "1 is" : `${missing} are`} missing${fromBody(from, missing, own?.missing ?? 0)}.`;
  const surplus = surplusWords(standing, body);
  return [done, lacking, ...(surplus ? [surplus] : [])].join(" ");
}

/** "3 more hours from others do not count: 8 of the 20 must come from AHIMA."; empty where all count. */
export function surplusWords(standing: CeStanding, body: string): string {
  const { own, required } = standing;
  const surplus = surplusOf(standing);
  if (surplus === 0 || !own || required === undefined) return "";
  const more = surplus === 1 ? "1 more hour from others does" : `${surplus} more hours from others do`;
  return `${more} not count: ${own.required} of the ${required} must come from ${body}.`;
}

function fromBody(body: string, missing: number, ownMissing: number): string {
  if (ownMissing === 0) return "";
  if (ownMissing < missing) return `, ${ownMissing} of them from ${body}`;
  return missing === 1 ? `, and must come from ${body}` : `, all of them from ${body}`;
}

function hours(count: number): string {
  return count === 1 ? "1 hour" : `${count} hours`;
}
