import { type MailEvent, recordEvent } from "../../core/delivery/record-event.ts";
import { sendPacket } from "../../core/delivery/send-packet.ts";
import { dispatch } from "../../core/dispatch.ts";
import type { Mailer } from "../../core/ports.ts";
import { type Instant, toInstant, toMilliseconds } from "../../core/time/instant.ts";
import { departure } from "./depart.ts";
import type { Disturbances } from "./disturbances.ts";
import { type ModelDeps, modelOfPorts } from "./functions.ts";
import { isDone, listOf } from "./list-of.ts";
import { type Observations, observe } from "./observations.ts";
import { type Process, startProcesses } from "./processes.ts";
import { isAtRest } from "./properties.ts";
import type { Random } from "./random.ts";
import { scriptedQueue } from "./scripted-queue.ts";
import { type Entry, scriptedSes } from "./scripted-ses.ts";
import type { Simulation } from "./simulation.ts";
import { nextDue, type Tables } from "./tables.ts";

export interface WorldDeps {
  tables: Tables;
  startAt: Instant;
  perSecond: number;
  pageSize: number;
  random: Random;
  disturbances: Disturbances;
  simulation: Simulation;
  tell: (what: string) => void;
}

/** The service on virtual time: minutes that tick, queues, workers, and an SES that sends its events. */
export interface World {
  observations: Observations;
  now(): Instant;
  /** Runs something else as a process of its own, such as a page that is called. */
  run(name: string, work: (deps: ModelDeps) => Promise<unknown>): void;
  /** No minute ticks for so long. */
  stopDispatch(ms: number): void;
  /** Goes on until nothing is due any more, at most until then. */
  live(untilMs: number): Promise<void>;
}

/** Workers of each send queue, as infra/service.ts has them. */
const workersPerQueue = 2;
const minuteMs = 60_000;
const longestRestMs = 7 * 1440 * minuteMs;

export function startWorld(deps: WorldDeps): World {
  const { tables, random, disturbances, simulation, tell } = deps;
  const startMs = toMilliseconds(deps.startAt);
  const now = () => toInstant(startMs + simulation.elapsed());
  let stoppedUntil = 0;

  const observations = observe({
    subscriber: (id) => tables.subscribers.get(id),
    listOf: (mailing) => listOf(tables, mailing),
    isDone: (subscriberId, mailing) => isDone(tables, subscriberId, mailing),
    perSecond: deps.perSecond,
  });
  const processes = startProcesses({ simulation, random, disturbances, tell });
  let handingOver: Process = { name: "nobody", dead: true, outlives: false };
  const ses = scriptedSes({
    simulation,
    random,
    disturbances,
    accepted: (entry, messageId) => {
      tell(`SES accepts ${entry.mailing} for ${entry.subscriberId} from ${handingOver.name}`);
      observations.onAccepted(entry, handingOver, now());
      emit(entry, messageId);
    },
  });

  const events = scriptedQueue<MailEvent>(
    deps,
    (event, done, failed) => start("record", (given) => recordEvent(given, event), done, failed),
    { name: "ses-events", atOnce: 6 },
  );
  const sendQueue = (name: string) =>
    scriptedQueue<string>(
      deps,
      (packetId, done, failed) => {
        if (disturbances.strikes(`somebody goes as ${packetId} is sent`, 0.15)) {
          const { name, work } = departure(tables, random, tables.packets.get(packetId), now);
          simulation.after(random.below(random.pick([100, 3_000])), () => start(name, work));
        }
        start("send", (given) => sendPacket(given, { v: 1, packetId }), done, failed);
      },
      { name, atOnce: workersPerQueue },
    );
  const queues = { now: sendQueue("send-now"), bulk: sendQueue("send-bulk") };
  const connect = modelOfPorts({
    ...deps,
    watch: (row, was) => observations.onTransition(row, was, processes.current()),
    ring: (packetId, lane) => queues[lane].put(packetId),
  });

  function start(
    name: string,
    work: (given: ModelDeps) => Promise<unknown>,
    done: () => void = () => {},
    failed: () => void = () => {},
  ): void {
    processes.start(
      name,
      (call, process) => work(connect(call, clockOf(process), mailerOf(process))),
      (failure) => {
        if (failure === undefined) return done();
        tell(`${name} fails: ${failure instanceof Error ? failure.message : String(failure)}`);
        failed();
      },
    );
  }

  const clockOf = (process: Process) => ({
    now,
    elapsed: () => startMs + simulation.elapsed(),
    sleep: (ms: number) =>
      new Promise<void>((resolve) => simulation.after(ms, () => process.dead || resolve())),
  });

  const mailerOf = (process: Process): Mailer => ({
    send: (_template, mails) =>
      new Promise((resolve) => {
        if (process.dead) return;
        observations.onCall(mails.length, simulation.elapsed());
        simulation.after(random.below(30), () => {
          handingOver = process;
          const { results, answerMs, callerDies } = ses.take(mails);
          if (callerDies) process.dead = true;
          simulation.after(answerMs, () => process.dead || resolve(results));
        });
      }),
  });

  /** SES tells of what it took: now and then, in any order, or when nobody waits for it any more. */
  function emit(entry: Entry, messageId: string): void {
    if (random.chance(0.15)) return;
    const to = [tables.subscribers.get(entry.subscriberId)?.address ?? ""];
    const mail = { ...entry, messageId, to, acceptedAt: now() };
    for (const type of ["accepted", random.chance(0.05) ? "bounced" : "delivered"] as const) {
      const after = random.chance(0.1) ? random.below(40 * minuteMs) : random.below(5_000);
      simulation.after(after, () => events.put({ ...mail, type, at: now() }));
    }
  }

  function minute(): void {
    const due = nextDue(tables);
    const elapsed = simulation.elapsed();
    const idleMs = due === undefined ? Number.POSITIVE_INFINITY : toMilliseconds(due) - startMs - elapsed;
    const alone = simulation.pending() === 0;
    if (alone && isAtRest(tables)) return;
    if (idleMs <= 0 && elapsed >= stoppedUntil) start("dispatch", (given) => dispatch(given));
    // With nothing due, the minutes in between would find nothing: they are left out.
    const resting = Math.min(Math.max(idleMs, stoppedUntil - elapsed), alone ? longestRestMs : 60 * minuteMs);
    simulation.after(minuteMs * Math.max(1, Math.ceil(resting / minuteMs)), minute);
  }

  return {
    observations,
    now,
    run: (name, work) => start(name, work),
    stopDispatch(ms) {
      stoppedUntil = Math.max(stoppedUntil, simulation.elapsed() + ms);
    },
    async live(untilMs) {
      minute();
      await simulation.run(untilMs);
    },
  };
}
