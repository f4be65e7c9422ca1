import { AppError } from "../../core/errors.ts";
import type { CallFault, Disturbances } from "./disturbances.ts";
import type { Call } from "./model/sync-port.ts";
import type { Random } from "./random.ts";
import type { Simulation } from "./simulation.ts";

/** A run of one function: it ends, or it dies at some call and is never heard of again. */
export interface Process {
  name: string;
  dead: boolean;
  /** Nobody kills it when its time is over. */
  outlives: boolean;
}

export interface ProcessesDeps {
  simulation: Simulation;
  random: Random;
  disturbances: Disturbances;
  tell: (what: string) => void;
}

export interface Processes {
  /** Runs work as a process, which is killed when its time is over; `ended` hears how it went, unless it died. */
  start(
    name: string,
    work: (call: Call, process: Process) => Promise<unknown>,
    ended?: (failure?: unknown) => void,
  ): Process;
  /** The process whose call is being carried out. */
  current(): Process | undefined;
}

/** A function's time-out, in milliseconds; infra/service.ts says the same. */
const killedAfterMs = 60_000;

/** Runs functions side by side; each of their calls takes a while of virtual time, and may be disturbed. */
export function startProcesses(deps: ProcessesDeps): Processes {
  const { simulation, random, disturbances, tell } = deps;
  let current: Process | undefined;
  let count = 0;

  const callOf =
    (process: Process): Call =>
    (label, args, carryOut) =>
      new Promise((resolve, reject) => {
        if (process.dead) return;
        const fault = disturbances.ofCall(`${process.name} ${label}`);
        if (fault === "frozen") process.outlives = true;
        const during = <Answer>(work: () => Answer): Answer => {
          current = process;
          try {
            return work();
          } finally {
            current = undefined;
          }
        };
        const { requestMs, answerMs, work, broken, dies } = faulted(fault, args, carryOut, random);
        if (dies === "before") process.dead = true;
        else
          simulation.after(requestMs, () => {
            const answer = during(work);
            if (dies === "after") process.dead = true;
            simulation.after(answerMs, () => {
              if (process.dead) return;
              if (broken) reject(new AppError("unavailable", "model.unavailable", `${label}: ${fault}`));
              else resolve(answer as never);
            });
          });
      });

  return {
    current: () => current,
    start(name, work, ended = () => {}) {
      const process: Process = { name: `${name}.${++count}`, dead: false, outlives: false };
      process.outlives = disturbances.strikes(`${process.name} outlives its time-out`, 0.01);
      simulation.after(killedAfterMs, () => {
        if (!process.outlives) process.dead = true;
      });
      tell(`${process.name} starts`);
      work(callOf(process), process).then(
        () => process.dead || ended(),
        (failure: unknown) => process.dead || ended(failure ?? new Error("rejected with nothing")),
      );
      return process;
    },
  };
}

/** How a call goes: when it is carried out, what is done, and what the caller hears of it. */
function faulted<Answer>(
  fault: CallFault | undefined,
  args: unknown[],
  carryOut: (args: unknown[]) => Answer,
  random: Random,
) {
  const pause = 30_000 + random.below(90_000);
  const call = {
    requestMs: 1 + random.below(12),
    answerMs: 1,
    work: (): Answer | undefined => carryOut(args),
    broken: fault === "refused" || fault === "answer-lost" || fault === "half",
    dies: fault === "dies-before" ? "before" : fault === "dies-after" ? "after" : undefined,
  };
  if (fault === "refused") call.work = () => undefined;
  if (fault === "repeated")
    call.work = () => {
      carryOut(args);
      return carryOut(args);
    };
  if (fault === "late") call.requestMs += pause;
  if (fault === "answer-late") call.answerMs += pause;
  if (fault === "frozen") call.answerMs += 91_000 + random.below(60_000);
  if (fault === "half") call.work = () => carryOut(args.map(half));
  return call;
}

/** The first half of a list; anything else as it is. */
function half(value: unknown): unknown {
  return Array.isArray(value) ? value.slice(0, value.length >> 1) : value;
}
