import type { Source } from "./source.ts";
import type { SourceCall } from "./source-call.ts";

/** What an operator has set up; their secrets are in the key ring. */
export interface Sources {
  load(name: string): Promise<Source | undefined>;
  /** In the order of the alphabet. */
  list(): Promise<Source[]>;
  /** False if the name is taken. */
  create(source: Source): Promise<boolean>;
  remove(name: string): Promise<void>;
}

/** The calls that came to each source, for thirty days. */
export interface SourceCalls {
  /** Refused ones are kept only up to some number a minute, so that a flood does not fill the table. */
  note(source: string, call: SourceCall): Promise<void>;
  /** The newest first. */
  newest(source: string, limit: number): Promise<SourceCall[]>;
}

/** Looks into what sites send. */
export interface Payloads {
  /** What a JMESPath expression finds in a payload; nothing where it does not apply. */
  find(expression: string, payload: unknown): unknown;
}
