import { accessSync, constants } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const places = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
].filter((place) => place !== undefined);

/**
 * Opens the Chromium of this machine.
 * @throws Error that says how to get one, if there is none.
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = places.find(isExecutable);
  if (!executablePath)
    throw new Error(
      "There is no Chromium here: install it (Debian: apt-get install chromium), or name one in CHROMIUM.",
    );
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
