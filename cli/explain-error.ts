import { actionOf } from "./aws-client.ts";

/** Why a call to AWS, or to a local server, failed; and what to do. */
export interface Explanation {
  kind: "denied" | "credentials" | "region" | "unreachable" | "other";
  says: string;
  next?: string;
}

const refusedCredentials =
  /^(ExpiredToken|ExpiredTokenException|InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException|TokenRefreshRequired|RequestExpired)$/;
const unreachable =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE)$/;

/** Puts an error of the SDK into words. */
export function explainError(thrown: unknown): Explanation {
  const error = rootOf(thrown);
  const { name, message } = error;
  if (/^Region (is missing|not accepted)/.test(message))
    return {
      kind: "region",
      says: "no AWS region is set",
      next: "export AWS_REGION=us-east-1   # or the region that you deploy to",
    };
  if (name === "CredentialsProviderError" || /Could not load credentials/.test(message))
    return {
      kind: "credentials",
      says: "no AWS credentials are found",
      next: "aws sso login, or aws configure; with several profiles: export AWS_PROFILE=NAME",
    };
  if (refusedCredentials.test(name))
    return {
      kind: "credentials",
      says: `AWS refuses the credentials (${name})`,
      next: "aws sso login, or get fresh ones",
    };
  if (/AccessDenied|NotAuthorized|AuthorizationError|Unauthorized/.test(name))
    return { kind: "denied", says: `your credentials lack ${missingAction(error)}` };
  const code = String((error as NodeJS.ErrnoException).code ?? "");
  if (/Timeout/.test(name) || unreachable.test(code))
    return { kind: "unreachable", says: `no answer came (${unreachable.test(code) ? code : "time-out"})` };
  return { kind: "other", says: name === "Error" ? oneLine(message) : `${name}: ${oneLine(message)}` };
}

/** AWS mostly names the action, and that of a key of KMS where it is not the call's own. */
function missingAction(error: Error): string {
  const [, named] = /not authorized to perform:? ([a-z0-9-]+:\w+)/.exec(error.message) ?? [];
  return named ?? actionOf(error) ?? "a permission";
}

/** Our own adapters keep what AWS said as the cause. */
function rootOf(thrown: unknown): Error {
  if (!(thrown instanceof Error)) return new Error(String(thrown));
  const { cause } = thrown;
  if (thrown.name !== "AppError" || !(cause instanceof Error)) return thrown;
  return rootOf(cause);
}

function oneLine(message: string): string {
  const line = message.replace(/\s+/g, " ").trim();
  return line.length > 160 ? `${line.slice(0, 160)}…` : line;
}
