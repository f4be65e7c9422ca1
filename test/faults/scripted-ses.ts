import type { OutgoingMail, SendResult } from "../../core/delivery/outgoing-mail.ts";
import type { Disturbances } from "./disturbances.ts";
import type { Random } from "./random.ts";
import type { Simulation } from "./simulation.ts";

/** A mail as the script needs it: who gets what. */
export type Entry = Pick<OutgoingMail, "mailing" | "subscriberId">;

/** How SES treats one call: what it made of each entry, how long that takes, and whether the caller lives to hear it. */
export interface Treatment {
  results: SendResult[];
  answerMs: number;
  callerDies: boolean;
}

export interface ScriptedSes {
  /** Takes one call at this instant; what it accepts is told to `accepted` at once. */
  take(entries: Entry[]): Treatment;
}

export interface ScriptedSesDeps {
  simulation: Simulation;
  random: Random;
  disturbances: Disturbances;
  accepted: (entry: Entry, messageId: string) => void;
}

const timeOutMs = 15_000;
const wholeCall = [
  "accepts and times out",
  "times out without accepting",
  "accepts and answers 500",
  "answers 500 without accepting",
  "accepts while the worker dies",
  "accepts nothing while the worker dies",
  "accepts late",
  "throttles",
  "has no quota left",
  "refuses the call",
  "answers for each entry as it likes",
] as const;

/** An SES that follows no script but chance: it accepts, unless it is disturbed. */
export function scriptedSes({ simulation, random, disturbances, accepted }: ScriptedSesDeps): ScriptedSes {
  let messages = 0;
  let throttledUntil = 0;
  let stoppedUntil = 0;
  const accept = (entry: Entry): SendResult => {
    const messageId = `message-${++messages}`;
    accepted(entry, messageId);
    return { outcome: "accepted", messageId };
  };
  const doubtful = (code: string): SendResult => ({ outcome: "doubtful", code });
  const throttled: SendResult = { outcome: "throttled", code: "TooManyRequestsException" };
  const stopped: SendResult = { outcome: "stopped", scope: "account", cause: "quota", code: "Daily quota" };

  const anyhow = (entry: Entry): SendResult => {
    switch (random.below(5)) {
      case 0:
        return { outcome: "rejected", code: "MESSAGE_REJECTED" };
      case 1:
        return throttled;
      case 2:
        return doubtful("no-result");
      case 3:
        accept(entry);
        return doubtful("unreadable");
      default:
        return accept(entry);
    }
  };
  const answered = (results: SendResult[], answerMs = 30 + random.below(400)): Treatment => ({
    results,
    answerMs,
    callerDies: false,
  });

  return {
    take(entries) {
      const all = (result: SendResult) => entries.map(() => result);
      const how = random.pick(wholeCall);
      const disturbed = disturbances.strikes(`SES ${how} (${entries.length})`, 0.08) ? how : undefined;
      const now = simulation.elapsed();
      if (now < stoppedUntil) return answered(all(stopped));
      if (now < throttledUntil) return answered(all(throttled));
      switch (disturbed) {
        case "accepts and times out":
          entries.forEach(accept);
          return answered(all(doubtful("TimeoutError")), timeOutMs);
        case "times out without accepting":
          return answered(all(doubtful("TimeoutError")), timeOutMs);
        case "accepts and answers 500":
          entries.forEach(accept);
          return answered(all(doubtful("InternalFailure")));
        case "answers 500 without accepting":
          return answered(all(doubtful("InternalFailure")));
        case "accepts while the worker dies":
          entries.forEach(accept);
          return { ...answered([]), callerDies: true };
        case "accepts nothing while the worker dies":
          return { ...answered([]), callerDies: true };
        case "accepts late":
          return answered(entries.map(accept), 14_000);
        case "throttles":
          throttledUntil = now + random.below(20_000);
          return answered(all(throttled));
        case "has no quota left":
          stoppedUntil = now + 600_000 * (1 + random.below(12));
          return answered(all(stopped));
        case "refuses the call":
          return answered(
            all(
              entries.length > 1
                ? { outcome: "refused-together", code: "BadRequestException" }
                : { outcome: "rejected", code: "BadRequestException" },
            ),
          );
        case "answers for each entry as it likes":
          return answered(entries.map(anyhow));
        default:
          return answered(entries.map(accept));
      }
    },
  };
}
