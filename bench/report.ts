import Table from "cli-table3";
import { median } from "./measure.ts";
import type { Candidate } from "./send-path.ts";
import type { Counts } from "./sinks/counts.ts";

/** One candidate in one round. */
export interface Round {
  recipients: number;
  /** µs by part. */
  cpu: Record<string, number>;
  counts: Counts;
}

/** What a candidate costs for each recipient. */
export interface Figures {
  name: string;
  /** µs of CPU by part, and in total: medians, each of its own. */
  cpu: Record<string, number>;
  /** The least and the most that a round took in total. */
  range: [number, number];
  requests: Record<string, number>;
  writeUnits: number;
  readUnits: number;
  bytesToSes: number;
  dollarsPerMillion: number;
  /** People in doubt when one answer of SES is lost. */
  unknown: number;
}

const parts = ["claim", "compose", "send", "settle"];
/** On demand, us-east-1. */
const dollars = { writeUnit: 0.625e-6, readUnit: 0.125e-6 };

/** Figures of a candidate from its rounds. */
export function figuresOf({ name, perCall }: Pick<Candidate, "name" | "perCall">, rounds: Round[]): Figures {
  const last = rounds.at(-1);
  if (!last) throw new Error("There is no figure without a round");
  const { counts, recipients } = last;
  const totals = rounds.map((round) => sum(Object.values(round.cpu)) / round.recipients);
  const each = parts.map((part): [string, number] => [
    part,
    median(rounds.map((round) => (round.cpu[part] ?? 0) / round.recipients)),
  ]);
  const requests = Object.entries(counts.requests).map(([operation, n]): [string, number] => [
    operation,
    n / recipients,
  ]);
  const { SendEmail = 0, SendBulkEmail = 0 } = counts.bytesIn;
  return {
    name,
    cpu: { ...Object.fromEntries(each), total: median(totals) },
    range: [Math.min(...totals), Math.max(...totals)],
    requests: Object.fromEntries(requests),
    writeUnits: counts.writeUnits / recipients,
    readUnits: counts.readUnits / recipients,
    bytesToSes: (SendEmail + SendBulkEmail) / recipients,
    dollarsPerMillion:
      (1e6 * (counts.writeUnits * dollars.writeUnit + counts.readUnits * dollars.readUnit)) / recipients,
    unknown: perCall,
  };
}

/** The figures as a table for the terminal; CPU in µs. */
export function tableOf(figures: Figures[]): string {
  const head = [
    "for each recipient",
    ...parts,
    "CPU µs",
    "min–max",
    "requests",
    "WRU",
    "RRU",
    "$ per million",
    "bytes to SES",
    "in doubt",
  ];
  const table = new Table({
    head,
    style: { head: [], border: [] },
    colAligns: head.map((_, i) => (i ? "right" : "left")),
  });
  for (const { name, cpu, range, requests, ...rest } of figures) {
    table.push([
      name,
      ...parts.map((part) => Math.round(cpu[part] ?? 0)),
      Math.round(cpu.total ?? 0),
      range.map(Math.round).join("–"),
      sum(Object.values(requests)).toFixed(2),
      rest.writeUnits.toFixed(2),
      rest.readUnits.toFixed(2),
      rest.dollarsPerMillion.toFixed(2),
      Math.round(rest.bytesToSes),
      rest.unknown === 1 ? "1" : `up to ${rest.unknown}`,
    ]);
  }
  return table.toString();
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
