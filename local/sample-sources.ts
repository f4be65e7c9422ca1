import { presets } from "../core/source/presets.ts";
import type { Source } from "../core/source/source.ts";
import { newSourceSecret } from "../core/source/source-secrets.ts";

/** Sources that a fresh data directory has, to try webhooks out. */
export const sampleSources = [
  { name: "demo", kind: "standard" },
  { name: "typeform", kind: "hmac", ...presets.typeform },
  { name: "tally", kind: "hmac", ...presets.tally },
] as const satisfies Pick<Source, "name" | "kind" | "hmac" | "map">[];

/** A secret for each of them. */
export function sampleSecrets(): Record<string, string[]> {
  return Object.fromEntries(sampleSources.map(({ name, kind }) => [name, [newSourceSecret(kind)]]));
}
