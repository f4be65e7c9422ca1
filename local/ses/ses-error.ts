/** A refusal in the shape that SES gives it: HTTP status, error type, text. */
export class SesError extends Error {
  override readonly name = "SesError";
  readonly status: number;
  readonly errorType: string;

  constructor(status: number, errorType: string, message: string) {
    super(message);
    this.status = status;
    this.errorType = errorType;
  }
}

/** What SES answers to input that it cannot accept. */
export function badRequest(message: string): SesError {
  return new SesError(400, "BadRequestException", message);
}
