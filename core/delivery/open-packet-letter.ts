import type { Refused } from "../account/note-stop.ts";
import { isInDoubt, type SendingState } from "../account/sending-state.ts";
import type { Keys } from "../ports.ts";
import type { Clock } from "../time/clock.ts";
import { composer } from "./compose.ts";
import type { Held } from "./letter.ts";
import { type Mailing, parseMailing } from "./mailing.ts";
import { type OpenLetterDeps, openLetter } from "./open-letter.ts";
import { type WritePacketsDeps, writePackets } from "./open-packets.ts";
import type { Packet } from "./packet.ts";
import { faultOf, type Move, type Opened } from "./prepare-chunk.ts";

export interface OpenPacketLetterDeps extends OpenLetterDeps, WritePacketsDeps {
  keys: Keys;
  clock: Clock;
}

/** Opens the letter of a packet; or answers what stops its whole mailing, when none can be made of it. */
export async function openPacketLetter(
  deps: OpenPacketLetterDeps,
  packet: Packet,
  state: SendingState | undefined,
): Promise<Opened | Held | Refused> {
  const mailing = parseMailing(packet.mailing);
  if (!mailing) return stoppedBy("packet.bad-mailing");
  const keys = await deps.keys.ring();
  try {
    const letter = await openLetter(deps, mailing, {
      keys,
      now: deps.clock.now(),
      recipients: packet.recipients,
    });
    if ("holdMinutes" in letter) return letter;
    return {
      letter,
      ...composer(mailing, letter, { ...deps, keys }),
      inDoubt: isInDoubt(state, packet.plannedAt),
      move: (moves) => moveOn(deps, mailing, packet.attempt, moves),
    };
  } catch (error) {
    return stoppedBy(faultOf(error));
  }
}

function stoppedBy(code: string): Refused {
  return { scope: "mailing", cause: "setup", code };
}

/** Puts those whose window is closed into packets that are due when it opens. */
async function moveOn(
  deps: WritePacketsDeps,
  mailing: Mailing,
  attempt: number,
  moves: Move[],
): Promise<void> {
  for (const [, group] of Map.groupBy(moves, (move) => `${move.to} ${move.plannedAt}`)) {
    const [first] = group;
    if (!first) continue;
    const recipients = group.map((move) => move.subscriberId);
    await writePackets(deps, mailing, recipients, { plannedAt: first.plannedAt, dueAt: first.to, attempt });
  }
}
