import { ok } from "./finding.ts";
import type { Check } from "./probe.ts";

/** Everything of a stage is in one region. */
export const checkRegion: Check = {
  name: "region",
  onlyOnAws: true,
  run: async (probe) => [ok(await probe.region())],
};
