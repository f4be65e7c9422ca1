/** A failure in words for the person who typed the command: what happened, and what to do next. */
export class Failure extends Error {
  override readonly name = "Failure";
  /** 1: it did not work; 2: the command was used wrongly. */
  readonly exitCode: 1 | 2;
  /** For programs. */
  readonly code: string;
  /** After so many seconds the same may go well; undefined where it will not. */
  readonly againAfterSeconds: number | undefined;

  constructor(
    code: string,
    message: string,
    options: { exitCode?: 1 | 2; againAfterSeconds?: number | undefined } & ErrorOptions = {},
  ) {
    super(message, options);
    this.code = code;
    this.againAfterSeconds = options.againAfterSeconds;
    this.exitCode = options.exitCode ?? 1;
  }
}

/** A command that was used wrongly. */
export function misuse(message: string): Failure {
  return new Failure("usage", message, { exitCode: 2 });
}
