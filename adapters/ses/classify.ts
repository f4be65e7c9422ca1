import type { SendResult } from "../../core/delivery/outgoing-mail.ts";

const throttles = new Set(["TooManyRequestsException", "ThrottlingException", "Throttling"]);
/** Failures before a connection stood: nothing can have been accepted. */
const neverConnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
const connectTimedOut = /did not establish a connection/;
const aboutThisMail = new Set(["MessageRejected", "BadRequestException"]);
const aboutTheAccount = /not verified|sandbox|configuration set|paused|identity/i;

/**
 * What an error of SES proves. `rejected` is only what concerns this mail; any other answer of SES would meet
 * the next mail too and halts; an answer that never came, or a 5xx, leaves the mail in doubt.
 */
export function classify(error: unknown): Exclude<SendResult, { outcome: "accepted" }> {
  const { name, message, code, status } = detailsOf(error);
  if (throttles.has(name)) return { outcome: /daily/i.test(message) ? "halted" : "throttled", code: name };
  if (neverConnected.has(code) || connectTimedOut.test(message))
    return { outcome: "throttled", code: code || name };
  if (status !== undefined && status >= 400 && status < 500) {
    const rejected = aboutThisMail.has(name) && !aboutTheAccount.test(message);
    return { outcome: rejected ? "rejected" : "halted", code: name };
  }
  if (name === "CredentialsProviderError") return { outcome: "halted", code: name };
  return { outcome: "doubtful", code: code || name };
}

function detailsOf(error: unknown): {
  name: string;
  message: string;
  code: string;
  status: number | undefined;
} {
  if (!(error instanceof Error)) return { name: "unknown", message: "", code: "", status: undefined };
  const { code, $metadata } = error as Error & { code?: string; $metadata?: { httpStatusCode?: number } };
  return { name: error.name, message: error.message, code: code ?? "", status: $metadata?.httpStatusCode };
}
