import { parseMailing } from "../../core/delivery/mailing.ts";
import type { Packet } from "../../core/delivery/packet.ts";
import { finishDate } from "../../core/reminder/finish-date.ts";
import { changeSubscriber } from "../../core/subscriber/change.ts";
import { suppress } from "../../core/subscriber/suppress.ts";
import { leave } from "../../core/subscriber/unsubscribe.ts";
import type { Instant } from "../../core/time/instant.ts";
import { signToken } from "../../core/token/token.ts";
import type { ModelDeps } from "./functions.ts";
import { listOf } from "./list-of.ts";
import type { Random } from "./random.ts";
import type { Tables } from "./tables.ts";

/** What one of a packet's recipients does meanwhile: leaves its list, complains, or is done with the date it is about. */
export function departure(
  tables: Tables,
  random: Random,
  packet: Packet | undefined,
  now: () => Instant,
): { name: string; work: (deps: ModelDeps) => Promise<unknown> } {
  const who = packet?.recipients[random.below(packet.recipients.length)] ?? "";
  const mailing = packet && parseMailing(packet.mailing);
  if (mailing?.kind === "deadline" && random.chance(0.6))
    return { name: "is done", work: (deps) => done(deps, who, { id: mailing.deadline, date: mailing.date }) };
  const list = packet && listOf(tables, packet.mailing);
  if (list === undefined || random.chance(0.3))
    return { name: "complains", work: (deps) => suppress(deps, who, "complaint") };
  const work = (deps: ModelDeps) =>
    changeSubscriber(deps.subscribers, who, (known) => leave(known, list, now()));
  return { name: "leaves", work };
}

/** Presses the button that a date is done. */
export async function done(deps: ModelDeps, subscriberId: string, date: { id: string; date: string }) {
  const token = signToken(await deps.keys.ring(), { purpose: "progress", subscriberId, list: "all" });
  return finishDate(deps, { token, ...date });
}
