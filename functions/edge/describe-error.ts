/** An error without the input that caused it, which may hold an address. */
export function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { name: "unknown" };
  const { code } = error as Error & { code?: unknown };
  const cause = error.cause instanceof Error ? error.cause.name : undefined;
  const issues = error.name === "ZodError" || error instanceof SyntaxError;
  return { name: error.name, code, cause, message: issues ? "the message could not be read" : error.message };
}

/** The single failures of one that holds several. */
export function failuresIn(error: unknown): Record<string, unknown>[] {
  return error instanceof AggregateError ? error.errors.flatMap(failuresIn) : [describe(error)];
}
