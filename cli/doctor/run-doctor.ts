import { print } from "../print.ts";
import type { Where } from "../where-options.ts";
import { examine } from "./examine.ts";
import { openProbe } from "./open-probe.ts";
import { showFindings } from "./show-findings.ts";

const readable = 120;

/** Looks at a service, says what was found, and answers the exit code: 1 if anything blocks. */
export async function runDoctor(options: Where & { dns?: string[]; json?: boolean }): Promise<0 | 1> {
  const probe = openProbe(options);
  try {
    const findings = await examine(probe);
    const { columns = 100, isTTY } = process.stdout;
    const title = probe.local
      ? `Stepletter in ${options.data}, on this machine`
      : `Stepletter, stage ${probe.stage}`;
    const colour = Boolean(isTTY && process.stdout.hasColors() && !process.env.NO_COLOR);
    print(
      options.json,
      findings,
      showFindings(title, findings, { columns: Math.min(columns, readable), colour }),
    );
    return findings.some(({ level }) => level === "blocks") ? 1 : 0;
  } finally {
    probe.close();
  }
}
