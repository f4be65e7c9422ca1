import type { PutOff } from "../day/put-off.ts";
import type { SkipReason } from "../delivery/delivery.ts";
import type { Eligibility, LastLook } from "../delivery/letter.ts";
import { type Instant, nextMinute } from "../time/instant.ts";

/** What the send path will make of a mail, as far as it is known now. */
export type MailForecast = { status: "goes"; at: Instant } | { status: "skipped"; reason: SkipReason };

const mostMoves = 10;

/**
 * Asks a letter's last look what it will say when the packet is sent, and again where it moves the mail; `putOff` where the mail
 * goes that finds its day taken.
 */
export function whenItGoes(
  look: (when: LastLook) => Eligibility,
  first: { plannedAt: Instant; at: Instant },
  putOff: PutOff = () => undefined,
): MailForecast {
  let { plannedAt } = first;
  let gaveWay = false;
  let at = nextMinute(first.at);
  for (let move = 0; move < mostMoves; move++) {
    const eligibility = look({ plannedAt, now: at, ...(gaveWay && { gaveWay }) });
    if (eligibility.may === "skip") return { status: "skipped", reason: eligibility.reason };
    const move = eligibility.may === "move" ? eligibility : putOff({ plannedAt, now: at });
    if (!move) return { status: "goes", at };
    if (eligibility.may === "send") gaveWay = true;
    plannedAt = move.plannedAt;
    at = nextMinute(move.to);
  }
  return { status: "goes", at };
}
