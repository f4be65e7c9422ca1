import { explainError } from "../explain-error.ts";
import { checks as allChecks, gates as allGates } from "./checks.ts";
import { advice, blocks, type Finding, skipped, type Verdict } from "./finding.ts";
import type { Check, Probe } from "./probe.ts";

/** All that one check may take, its retries and pages included. */
const patienceMs = 30_000;

/**
 * Looks at everything, the checks side by side; the findings come in the order of the checks. Without credentials
 * nothing else on AWS can be looked at, so the gates come first.
 */
export async function examine(
  probe: Probe,
  { gates = allGates, checks = allChecks, limitMs = patienceMs } = {},
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const gate of gates) {
    const shut = findings.some(({ level }) => level === "blocks");
    findings.push(...(await findingsOf(gate, probe, shut, limitMs)));
  }
  const shut = findings.some(({ level }) => level === "blocks");
  const environment = shut ? undefined : await probe.place.environment().catch(() => undefined);
  const informed = { ...probe, environment };
  const rest = await Promise.all(checks.map((check) => findingsOf(check, informed, shut, limitMs)));
  return [...findings, ...rest.flat()];
}

async function findingsOf(check: Check, probe: Probe, shut: boolean, limitMs: number): Promise<Finding[]> {
  const verdicts = await verdictsOf(check, probe, shut, limitMs);
  return verdicts.map((verdict) => ({ check: check.name, ...verdict }));
}

async function verdictsOf(check: Check, probe: Probe, shut: boolean, limitMs: number): Promise<Verdict[]> {
  if (probe.local && check.onlyOnAws) return [skipped("only on AWS")];
  if (shut && !check.offline) return [skipped("needs region and credentials")];
  if (check.needsDeployment && !probe.environment) return [skipped("after the deployment")];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Verdict[]>((resolve) => {
    timer = setTimeout(resolve, limitMs, [blocks(`no answer came within ${limitMs / 1000} seconds`)]);
  });
  try {
    return await Promise.race([check.run(probe), late]);
  } catch (error) {
    return [failed(error)];
  } finally {
    clearTimeout(timer);
  }
}

/** A look that is not permitted says nothing about the service; one that gets no answer does. */
function failed(error: unknown): Verdict {
  const { kind, says, next } = explainError(error);
  if (kind === "denied") return advice(`could not be looked at: ${says}`);
  return blocks(says, next);
}
