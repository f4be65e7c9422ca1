import { service } from "../../infra/service.ts";
import { deployCommands } from "../open-environment.ts";
import { advice, blocks, ok, skipped } from "./finding.ts";
import type { Check } from "./probe.ts";
import { settingsOf } from "./read-settings.ts";

/** Whether the stage is deployed in this region, as the code and the settings are now. */
export const checkDeployment: Check = {
  name: "deployment",
  async run(probe) {
    const { environment, stage, place } = probe;
    if (!environment) {
      // Once more, for why it was not found.
      await place.environment();
      return [skipped(`the stage ${stage} is not deployed in this region yet`, deployCommands(stage))];
    }
    const url = environment.PUBLIC_URL ?? "";
    const missing = variables().filter((name) => environment[name] === undefined);
    if (missing.length > 0)
      return [blocks(`deployed by another version, without ${missing.join(", ")}`, deployCommands(stage))];
    const settings = settingsOf(probe);
    const wanted = "web" in settings ? `https://${settings.web?.domain}` : undefined;
    if (!probe.local && wanted && wanted !== url)
      return [advice(`links lead to ${url}, not yet to ${wanted}`, deployCommands(stage))];
    return [ok(url)];
  },
};

function variables(): string[] {
  return [...new Set(Object.values(service.functions).flatMap((spec) => Object.keys(spec.environment)))];
}
