import type { Refused } from "../account/note-stop.ts";
import type { Instant } from "../time/instant.ts";
import type { Settlement } from "./delivery.ts";
import type { OutgoingMail, SendResult } from "./outgoing-mail.ts";
import { unknownFor } from "./unknown.ts";

/** What the results of one call mean for its mails, and for those that would go next. */
export interface Reading {
  outcomes: [subscriberId: string, settlement: Settlement][];
  accepted: boolean;
  doubtful: boolean;
  throttled: boolean;
  /** To go again, each in a call of its own. */
  alone: string[];
  stops: Refused[];
  /** Why single mails were refused. */
  rejections: string[];
}

/** Reads what the provider made of each mail; one without a result is in doubt. */
export function readResults(mails: OutgoingMail[], results: SendResult[], now: Instant): Reading {
  const shared = sharedRejection(results);
  if (shared !== undefined)
    return readResults(
      mails,
      mails.map(() => ({ outcome: "stopped", scope: "mailing", cause: "setup", code: shared })),
      now,
    );
  const has = (outcome: SendResult["outcome"]) => results.some((result) => result.outcome === outcome);
  return {
    outcomes: mails.map(({ subscriberId }, index) => [subscriberId, settlementOf(results[index], now)]),
    accepted: has("accepted"),
    doubtful: has("doubtful"),
    throttled: has("throttled"),
    alone: mails
      .filter((_, index) => results[index]?.outcome === "refused-together")
      .map(({ subscriberId }) => subscriberId),
    stops: results.filter((result) => result.outcome === "stopped"),
    rejections: results.flatMap((result) => (result.outcome === "rejected" ? [result.code] : [])),
  };
}

/** The code by which every one of several mails was refused: what refuses them all is none of their own. */
function sharedRejection(results: SendResult[]): string | undefined {
  const codes = new Set(results.map((result) => (result.outcome === "rejected" ? result.code : undefined)));
  return results.length > 1 && codes.size === 1 ? [...codes][0] : undefined;
}

function settlementOf(result: SendResult | undefined, now: Instant): Settlement {
  switch (result?.outcome) {
    case "accepted":
      return { state: "sent", messageId: result.messageId };
    case "rejected":
      return { state: "failed", reason: result.code };
    case "throttled":
    case "stopped":
    case "refused-together":
      return { state: "released" };
    default:
      return unknownFor(result?.code ?? "no-answer", now);
  }
}
