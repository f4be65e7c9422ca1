import type { Doorbells } from "../../core/ports.ts";
import type { Disturbances } from "./disturbances.ts";
import type { SyncPort } from "./model/sync-port.ts";
import type { Random } from "./random.ts";
import type { Simulation } from "./simulation.ts";

/** Hands a message to a worker; `done` acknowledges it. Without it, the message comes back. */
export type Deliver<Message> = (message: Message, done: () => void, failed: () => void) => void;

export interface ScriptedQueue<Message> {
  put(message: Message): void;
  /** Messages that were received five times and never acknowledged. */
  dead: Message[];
}

/** How long a message that was received stays invisible, and how often it is received; infra/service.ts says the same. */
const visibilityMs = 360_000;
const mostReceives = 5;
const retryMs = 5_000;

/** A queue that keeps no order, and duplicates and loses messages when it is disturbed; so many are worked on at once. */
export function scriptedQueue<Message>(
  {
    simulation,
    random,
    disturbances,
  }: { simulation: Simulation; random: Random; disturbances: Disturbances },
  deliver: Deliver<Message>,
  { name, atOnce }: { name: string; atOnce: number },
): ScriptedQueue<Message> {
  const dead: Message[] = [];
  let busy = 0;

  function receive(message: Message, receives: number): void {
    if (busy >= atOnce) {
      simulation.after(200 + random.below(800), () => receive(message, receives));
      return;
    }
    if (receives > mostReceives) {
      dead.push(message);
      return;
    }
    busy++;
    let [acknowledged, over] = [false, false];
    const free = () => {
      if (!over) busy--;
      over = true;
    };
    const again = (ms: number) => simulation.after(ms, () => acknowledged || receive(message, receives + 1));
    let returned = false;
    deliver(
      message,
      () => {
        acknowledged = true;
        free();
      },
      () => {
        returned = true;
        free();
        again(retryMs);
      },
    );
    // A worker that died says nothing: its place is free when the platform has noticed, its message visible later.
    simulation.after(60_000, free);
    simulation.after(visibilityMs, () => {
      if (!acknowledged && !returned) again(0);
    });
  }

  return {
    dead,
    put(message) {
      if (disturbances.strikes(`${name} loses a message`, 0.03)) return;
      const copies = disturbances.strikes(`${name} delivers a message twice`, 0.05) ? 2 : 1;
      for (let copy = 0; copy < copies; copy++)
        simulation.after(random.below(copy ? 90_000 : 3_000), () => receive(message, 1));
    },
  };
}

/** The bells of both lanes. */
export function modelDoorbells(put: (packetId: string, lane: "now" | "bulk") => void): SyncPort<Doorbells> {
  return {
    ring(packets) {
      for (const { id, lane } of packets) put(id, lane);
    },
  };
}
