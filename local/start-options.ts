import { parseArgs } from "node:util";
import type { Instant } from "../core/time/instant.ts";
import { parseAt, parseSpeed } from "./parse-time.ts";

export interface StartOptions {
  port: number;
  dataDir: string;
  speed?: number;
  at?: Instant;
  help: boolean;
}

export const help = `npm start -- [options]     Runs Stepletter on this machine: no account, no mail leaves it.

  --port 4000              signup page; the inbox is on the next port, the status on the one after
  --data .stepletter       where everything is kept; remove it to begin anew
  --speed 1d=1s            lets a day pass each second (units: s, m, h, d)
  --at 2027-03-13T09:00Z   begins at that moment instead of now
  --help                   shows this
`;

/** Reads the command line. Throws errors that are meant to be read by the person who typed it. */
export function readStartOptions(args: string[]): StartOptions {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string", default: "4000" },
      data: { type: "string", default: ".stepletter" },
      speed: { type: "string" },
      at: { type: "string" },
      help: { type: "boolean", default: false, short: "h" },
    },
  });
  return {
    port: parsePort(values.port),
    dataDir: values.data,
    help: values.help,
    ...(values.speed === undefined ? {} : { speed: parseSpeed(values.speed) }),
    ...(values.at === undefined ? {} : { at: parseAt(values.at) }),
  };
}

/** Two more are needed after this one. */
function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_533) {
    throw new Error(`--port ${text}: write a number up to 65533, or 0 for any three that are free.`);
  }
  return port;
}
