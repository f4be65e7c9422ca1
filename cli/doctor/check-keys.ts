import { blocks, ok } from "./finding.ts";
import { getKeys } from "./get-keys.ts";
import type { Check } from "./probe.ts";

/** Whether there are keys that sign links and hash addresses. */
export const checkKeys: Check = {
  name: "keys",
  async run(probe) {
    const { keysParameter } = probe.names;
    const keys = await getKeys(probe);
    if (keys === "missing")
      return [
        blocks(`${keysParameter} does not exist`, `npm run stepletter -- keys init --stage ${probe.stage}`),
      ];
    if (keys === "malformed")
      return [
        blocks(
          `${keysParameter} does not hold keys as Stepletter writes them`,
          `aws ssm get-parameter-history --name ${keysParameter}   # an earlier version may`,
        ),
      ];
    const { length } = keys.tokens;
    return [
      ok(
        `${keysParameter} holds ${length === 1 ? "one key" : `${length} keys`} for links, and one for addresses`,
      ),
    ];
  },
};
