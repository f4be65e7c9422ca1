import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runSoak } from "./run-soak.ts";

/** `npm run test:soak -- --recipients 20000 --seed 7`: exit code 1 if anything came twice or is unaccounted for. */
const { values } = parseArgs({
  options: {
    recipients: { type: "string", default: "20000" },
    share: { type: "string", default: "0.02" },
    seed: { type: "string", default: "1" },
  },
});
const dataDir = await mkdtemp(join(tmpdir(), "stepletter-soak-"));
try {
  const report = await runSoak({
    dataDir,
    recipients: Number(values.recipients),
    share: Number(values.share),
    seed: Number(values.seed),
    report: (line) => console.log(line),
  });
  console.log(JSON.stringify(report, null, 2));
  process.exitCode = report.duplicates === 0 && report.unaccounted === 0 ? 0 : 1;
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
