import { JMESPathTypeError, search } from "@aws-lambda-powertools/jmespath";
import type { Payloads } from "../core/source/source-ports.ts";

type Json = Parameters<typeof search>[1];

/** JMESPath over what sites send: an expression that does not apply to a payload finds nothing in it. */
export const jmesPath: Payloads = {
  find(expression, payload) {
    try {
      return search(expression, payload as Json) ?? undefined;
    } catch {
      return undefined;
    }
  },
};

/** What is wrong with an expression as such; undefined if nothing is. */
export function expressionMistake(expression: string): string | undefined {
  try {
    search(expression, {});
    return undefined;
  } catch (error) {
    if (error instanceof JMESPathTypeError) return undefined;
    return error instanceof Error ? error.message : String(error);
  }
}
