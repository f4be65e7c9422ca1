/** What kind of failure it is; only `unavailable` is worth trying again. */
export type ErrorKind = "invalid" | "denied" | "missing" | "conflict" | "unavailable";

/** The one error that the service throws on purpose. Each edge maps `kind` once; `code` is for machines. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly kind: ErrorKind;
  readonly code: string;

  constructor(kind: ErrorKind, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
    this.code = code;
  }
}
