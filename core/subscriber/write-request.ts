import { AppError } from "../errors.ts";
import { type ClaimAddressDeps, claimAddress } from "../person/claim-address.ts";
import type { Clock } from "../time/clock.ts";
import { askToJoin, type JoinRequest } from "./ask-to-join.ts";
import { changeSubscriber } from "./change.ts";
import type { Subscriber } from "./subscriber.ts";

const attempts = 3;

/**
 * Writes a request onto the row of whoever the address belongs to, somebody new if nobody. Who is being forgotten or
 * erased at that moment gives way: what was written onto their row would go with it.
 * @returns the subscriber as they stand then.
 * @throws AppError `subscriber.contended` when the address keeps changing hands.
 */
export async function writeRequest(
  deps: ClaimAddressDeps & { clock: Clock },
  to: { address: string; addressHash: string },
  request: JoinRequest,
): Promise<Subscriber> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const now = deps.clock.now();
    const id = await claimAddress(deps, to.addressHash, now);
    const newcomer = askToJoin(blank(id, to, now), request, now);
    if (newcomer && (await deps.subscribers.create(newcomer))) return newcomer;
    const known = await changeSubscriber(deps.subscribers, id, (current) =>
      current.todo.erase === undefined ? askToJoin(current, request, now) : undefined,
    );
    if (known && known.todo.erase === undefined) return known;
  }
  throw new AppError("unavailable", "subscriber.contended", "An address kept changing hands; try again");
}

function blank(
  id: string,
  { address, addressHash }: { address: string; addressHash: string },
  now: string,
): Subscriber {
  return {
    id,
    rev: 1,
    address,
    addressHash,
    name: "",
    zone: "UTC",
    lists: {},
    consent: { textVersion: "", source: "", network: "", askedAt: now },
    confirmationsAt: [],
    todo: {},
    softBounces: [],
    createdAt: now,
    changedAt: now,
  };
}
