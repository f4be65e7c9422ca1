import { readSettings, type Settings } from "../../infra/settings.ts";
import type { Probe } from "./probe.ts";

/** What the operator has decided, or what is wrong with it. */
export function settingsOf({ variables, stage }: Probe): Settings | { problems: string[] } {
  try {
    return readSettings(variables, stage);
  } catch (error) {
    const [, ...problems] = String(error instanceof Error ? error.message : error).split("\n");
    return { problems: problems.map((line) => line.trim()) };
  }
}

/** The domain that mail is sent from: as it is set, or else as the sender's address has it. */
export function mailDomainOf(probe: Probe): string | undefined {
  const settings = settingsOf(probe);
  return "mailDomain" in settings ? settings.mailDomain : probe.site?.sender.address.split("@")[1];
}
