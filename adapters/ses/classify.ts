import type { SendResult } from "../../core/delivery/outgoing-mail.ts";

/** What an answer proves, other than that a mail was accepted. */
export type Verdict = Exclude<SendResult, { outcome: "accepted" | "refused-together" }>;
type Why = Pick<Verdict & { outcome: "stopped" }, "scope" | "cause">;

/** Failures before a connection stood: nothing can have been accepted. */
const neverConnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
const connectTimedOut = /did not establish a connection/;
const throttles = /^(TooManyRequests|Throttl)/;
const rateExceeded = /maximum sending rate exceeded/i;
const aboutThisMail = new Set(["MessageRejected", "BadRequestException"]);

const quota: Why = { scope: "account", cause: "quota" };
const pause: Why = { scope: "account", cause: "pause" };
const identity: Why = { scope: "account", cause: "identity" };
const setup: Why = { scope: "account", cause: "setup" };
const template: Why = { scope: "mailing", cause: "setup" };

/** What SES's words are about, if it is more than one mail; the first that fits. */
const abouts: [RegExp, Why][] = [
  [/daily.*quota|quota.*24/i, quota],
  [/paused|suspended|shut ?down/i, pause],
  [/not verified|sandbox|identit|mail from domain/i, identity],
  [/configuration ?set|sending ?pool|dedicated ip pool/i, setup],
  [/template/i, template],
];

const byName: Record<string, Why> = {
  AccountSuspendedException: pause,
  SendingPausedException: pause,
  MailFromDomainNotVerifiedException: identity,
};

/**
 * What an error of a call proves. An answer below 500 proves that nobody was accepted: then it is about this mail, or
 * would meet the next one too. An answer that never came, came garbled, or is a 5xx leaves the mail in doubt.
 */
export function classifyError(error: unknown): Verdict {
  const { name, message, code, status } = detailsOf(error);
  if (status === undefined) {
    if (neverConnected.has(code) || connectTimedOut.test(message))
      return { outcome: "throttled", code: code || name };
    if (name === "CredentialsProviderError") return { outcome: "stopped", ...setup, code: name };
    return { outcome: "doubtful", code: code || name };
  }
  // 408: somebody on the way gave up waiting, and knows no more than we do.
  if (status < 300 || status >= 500 || status === 408) return { outcome: "doubtful", code: name };
  const about = aboutIn(message);
  if (throttles.test(name) || rateExceeded.test(message))
    return about === quota
      ? { outcome: "stopped", ...quota, code: name }
      : { outcome: "throttled", code: name };
  if (aboutThisMail.has(name) && !about) return { outcome: "rejected", code: name };
  return { outcome: "stopped", ...(byName[name] ?? about ?? setup), code: name };
}

type EntryVerdict = Verdict["outcome"] | Why;

/** What each status of an entry proves; the names are those of the SDK's `BulkEmailStatus`. */
const byStatus: Record<string, EntryVerdict> = {
  MESSAGE_REJECTED: "rejected",
  INVALID_PARAMETER: "rejected",
  FAILED: "rejected",
  ACCOUNT_THROTTLED: "throttled",
  TRANSIENT_FAILURE: "throttled",
  ACCOUNT_DAILY_QUOTA_EXCEEDED: quota,
  ACCOUNT_SUSPENDED: pause,
  ACCOUNT_SENDING_PAUSED: pause,
  CONFIGURATION_SET_SENDING_PAUSED: pause,
  MAIL_FROM_DOMAIN_NOT_VERIFIED: identity,
  CONFIGURATION_SET_NOT_FOUND: setup,
  INVALID_SENDING_POOL_NAME: setup,
  TEMPLATE_NOT_FOUND: template,
};

/** What SES made of one entry of a bulk call; a status that nobody knows proves nothing. */
export function classifyEntry(entry: {
  Status?: string | undefined;
  Error?: string | undefined;
  MessageId?: string | undefined;
}): SendResult {
  const { Status: code = "no-status", Error: message = "", MessageId: messageId = "" } = entry;
  if (code === "SUCCESS") return { outcome: "accepted", messageId };
  const verdict = Object.hasOwn(byStatus, code) ? byStatus[code] : undefined;
  // A refusal of one mail in the words of one that concerns all, such as an identity that is not verified.
  const why = verdict === "rejected" ? (aboutIn(message) ?? verdict) : verdict;
  if (why === "rejected" || why === "throttled") return { outcome: why, code };
  return typeof why === "object" ? { outcome: "stopped", ...why, code } : { outcome: "doubtful", code };
}

/** Addresses are left out: they may hold any word. */
function aboutIn(message: string): Why | undefined {
  const words = message.replace(/\S*@\S*/g, "");
  return abouts.find(([pattern]) => pattern.test(words))?.[1];
}

function detailsOf(error: unknown) {
  if (!(error instanceof Error)) return { name: "unknown", message: "", code: "", status: undefined };
  const { code, $metadata } = error as Error & { code?: string; $metadata?: { httpStatusCode?: number } };
  return { name: error.name, message: error.message, code: code ?? "", status: $metadata?.httpStatusCode };
}
