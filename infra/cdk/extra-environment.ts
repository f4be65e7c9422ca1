import type { Settings } from "../settings.ts";

/**
 * Reads `-c environment='{"NAME":"value"}'`: variables for every function of a stage that runs on an emulator.
 * @throws Error in production, whose functions are never to be pointed elsewhere by mistake.
 */
export function readExtraEnvironment(context: unknown, settings: Settings): Record<string, string> {
  if (context === undefined) return {};
  if (settings.production)
    throw new Error("The context key environment is for other stages; production has the manifest's alone");
  const read = typeof context === "string" ? parse(context) : context;
  if (!isTextByName(read))
    throw new Error('The context key environment is to be JSON like {"LOG_LEVEL":"DEBUG"}, values in quotes');
  return read;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isTextByName(value: unknown): value is Record<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((each) => typeof each === "string");
}
