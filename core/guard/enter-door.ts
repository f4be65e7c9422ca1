import type { Limits } from "../limit/limit-ports.ts";
import { secondsLeft } from "../limit/seconds-left.ts";
import type { Keys } from "../ports.ts";
import type { Clock } from "../time/clock.ts";
import { networkLimits } from "./door-limits.ts";
import { wasOpenAWhile } from "./form-time.ts";

export interface EnterDoorDeps {
  keys: Keys;
  limits: Limits;
  clock: Clock;
}

/** A call of a door that anybody may use, before its fields are read. */
export interface OpenCall {
  source: string;
  /** A field that people do not see. */
  trap: string;
  /** The token that tells when the form was opened; empty if there is none. */
  started: string;
  /** Its part of the internet, by which calls are counted. */
  network: string;
}

export type DoorOutcome =
  | { status: "open" }
  /** A robot has filled in what people do not see; it is to be told nothing. */
  | { status: "trapped" }
  | { status: "not-started" }
  | { status: "too-many"; retryAfterSeconds: number };

/** Turns away robots, and whoever knocks too often, before anything is read or stored. */
export async function enterDoor(deps: EnterDoorDeps, call: OpenCall): Promise<DoorOutcome> {
  if (call.trap !== "") return { status: "trapped" };
  const now = deps.clock.now();
  if (!wasOpenAWhile(await deps.keys.ring(), call.source, call.started, now))
    return { status: "not-started" };
  const name = `network#${call.network}`;
  // Asked of memory for all first: a network that is refused by one limit must not go on using up the other.
  const spent = networkLimits.find((limit) => deps.limits.isSpent(name, limit, now));
  if (spent) return { status: "too-many", retryAfterSeconds: secondsLeft(spent, now) };
  for (const limit of networkLimits) {
    if (!(await deps.limits.take(name, limit, now)))
      return { status: "too-many", retryAfterSeconds: secondsLeft(limit, now) };
  }
  return { status: "open" };
}
