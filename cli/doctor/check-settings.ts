import { advice, blocks, ok } from "./finding.ts";
import type { Check } from "./probe.ts";
import { settingsOf } from "./read-settings.ts";

/** What the operator decides about a deployment. One that runs has its own copy: nothing is wrong with it. */
export const checkSettings: Check = {
  name: "settings",
  onlyOnAws: true,
  offline: true,
  async run(probe) {
    const settings = settingsOf(probe);
    const found = probe.environment ? advice : blocks;
    if ("problems" in settings) return settings.problems.map((problem) => found(problem, "edit .env"));
    return [ok(`mail from ${settings.mailDomain}, alarms to ${settings.alarmEmail}`)];
  },
};
