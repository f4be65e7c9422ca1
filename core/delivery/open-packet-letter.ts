import type { Refused } from "../account/note-stop.ts";
import { isInDoubt, type SendingState } from "../account/sending-state.ts";
import { AppError } from "../errors.ts";
import type { Keys } from "../ports.ts";
import type { Clock } from "../time/clock.ts";
import { composer } from "./compose.ts";
import type { Held } from "./letter.ts";
import { type Mailing, parseMailing } from "./mailing.ts";
import { type OpenLetterDeps, openLetter } from "./open-letter.ts";
import { newPackets, type WritePacketsDeps } from "./open-packets.ts";
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
      move: mover(deps, mailing, packet),
    };
  } catch (error) {
    return stoppedBy(faultOf(error));
  }
}

function stoppedBy(code: string): Refused {
  return { scope: "mailing", cause: "setup", code };
}

/**
 * Puts those who wait for their window, or their next day, into packets that are due then. The packet of a campaign names
 * them first: its numbers are the sum of its packets'.
 */
function mover(deps: WritePacketsDeps, mailing: Mailing, packet: Packet): Opened["move"] {
  const { attempt } = packet;
  let named: string[] | undefined;
  return async (moves) => {
    const groups = [
      ...Map.groupBy(moves, ({ to, plannedAt, gaveWay }) => `${to} ${plannedAt} ${gaveWay}`).values(),
    ];
    const packets = groups.flatMap((group) => {
      const [{ plannedAt, to: dueAt, gaveWay }] = group as [Move];
      const recipients = group.map((move) => move.subscriberId);
      return newPackets(deps, mailing, recipients, {
        plannedAt,
        dueAt,
        attempt,
        ...(gaveWay && { gaveWay }),
      });
    });
    if (mailing.kind === "campaign" && packets.length > 0) {
      // Nobody but the lease's holder names any: what an earlier one has named is there by now.
      named ??= (await deps.packets.load(packet.id))?.movedTo ?? [];
      named = [...named, ...packets.map(({ id }) => id)];
      if (!(await deps.packets.nameMoved(packet, named)))
        throw new AppError("unavailable", "packet.lost", `Packet ${packet.id} was taken over`);
    }
    await Promise.all(packets.map((moved) => deps.packets.create(moved)));
  };
}
