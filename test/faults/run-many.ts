import { parseArgs } from "node:util";
import { describeFailure, findFailure } from "./find-failure.ts";

/*
 * Many schedules, outside of the test suite: `npm run test:faults -- --full`. One that failed is told again by
 * `--from SEED --schedules 1`.
 */

const { values } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    schedules: { type: "string", default: "10000" },
    from: { type: "string", default: "0" },
  },
});
const total = values.full ? 50_000 : Number(values.schedules);
const from = Number(values.from);
const step = 250;

for (let done = 0; done < total; done += step) {
  const failure = await findFailure(from + done, Math.min(step, total - done));
  if (failure) {
    console.error(describeFailure(failure));
    process.exit(1);
  }
  console.log(`${Math.min(done + step, total)} of ${total} schedules, and no promise broken`);
}
