import type { Limits } from "../limit/limit-ports.ts";
import { secondsLeft } from "../limit/seconds-left.ts";
import { takeEach } from "../limit/take-each.ts";
import type { Keys } from "../ports.ts";
import type { Clock } from "../time/clock.ts";
import { networkLimits, totalLimit, wideNetworkLimits } from "./door-limits.ts";
import { wasOpenAWhile } from "./form-time.ts";

export interface EnterDoorDeps {
  keys: Keys;
  limits: Limits;
  clock: Clock;
}

/** A call of a door that anybody may use, before its fields are read. */
export interface OpenCall {
  source: string;
  /** Whether anything is in a field that people do not see. */
  isTrapFilled: boolean;
  /** The token that tells when the form was opened; empty if there is none. */
  started: string;
  networks: NetworkNames;
}

/** Parts of the internet that a call came from, by which calls are counted: a customer's, and one that holds many. */
export interface NetworkNames {
  narrow: string;
  wide?: string;
}

export type DoorOutcome =
  | { status: "open" }
  /** A robot has filled in what people do not see; it is to be told nothing. */
  | { status: "trapped" }
  | { status: "not-started" }
  | { status: "too-many"; retryAfterSeconds: number };

/** Turns away robots, and whoever knocks too often, before anything is read or stored. */
export async function enterDoor(deps: EnterDoorDeps, call: OpenCall): Promise<DoorOutcome> {
  if (call.isTrapFilled) return { status: "trapped" };
  const now = deps.clock.now();
  if (!(await wasOpenAWhile(deps.keys, call.source, call.started, now))) return { status: "not-started" };
  // Nobody gets in any more: then no network needs to be counted.
  const isFull = deps.limits.isSpent("all", totalLimit, now);
  const { narrow, wide } = call.networks;
  const counted = [
    ...networkLimits.map((limit) => ({ name: `network#${narrow}`, limit })),
    ...(wide === undefined ? [] : wideNetworkLimits.map((limit) => ({ name: `network#${wide}`, limit }))),
  ];
  const spent = isFull ? totalLimit : await takeEach(deps.limits, counted, now);
  if (spent) return { status: "too-many", retryAfterSeconds: secondsLeft(spent, now) };
  return { status: "open" };
}
