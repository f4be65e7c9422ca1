import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { advice, blocks, ok } from "./finding.ts";
import type { Check } from "./probe.ts";

/** AWS refuses signatures that are more than five minutes off. */
const refusedAfterSeconds = 300;
const noticeableSeconds = 60;

/** Whether this machine's clock agrees with AWS's. */
export const checkClock: Check = {
  name: "clock",
  onlyOnAws: true,
  async run({ clients, clockAheadMs }) {
    if (clockAheadMs() === undefined) await clients.sts.send(new GetCallerIdentityCommand({}));
    const ahead = clockAheadMs();
    if (ahead === undefined) return [advice("AWS did not say what time it is")];
    const seconds = Math.round(Math.abs(ahead) / 1000);
    const says = `this machine's clock is ${seconds} seconds ${ahead > 0 ? "fast" : "slow"}`;
    const next = "sudo timedatectl set-ntp true";
    if (seconds > refusedAfterSeconds) return [blocks(`${says}: AWS refuses what it signs`, next)];
    if (seconds > noticeableSeconds) return [advice(says, next)];
    return [ok("agrees with AWS's")];
  },
};
