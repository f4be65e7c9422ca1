import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { BulkEmailStatus } from "@aws-sdk/client-sesv2";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classifyEntry, classifyError } from "../../../adapters/ses/classify.ts";

const answer = (name: string, status: number, message = "") =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
const broken = (name: string, code: string) => Object.assign(new Error(""), { name, code });

/** An outcome in short: `stopped account quota`. */
function inShort(result: { outcome: string; scope?: string; cause?: string }): string {
  return [result.outcome, result.scope, result.cause].filter(Boolean).join(" ");
}

describe("each status of an entry", () => {
  // A record over the SDK's own type: a status that is new to it does not compile until it is decided on.
  const expected: Record<BulkEmailStatus, string> = {
    SUCCESS: "accepted",
    MESSAGE_REJECTED: "rejected",
    INVALID_PARAMETER: "rejected",
    FAILED: "rejected",
    ACCOUNT_THROTTLED: "throttled",
    TRANSIENT_FAILURE: "throttled",
    ACCOUNT_DAILY_QUOTA_EXCEEDED: "stopped account quota",
    ACCOUNT_SUSPENDED: "stopped account pause",
    ACCOUNT_SENDING_PAUSED: "stopped account pause",
    CONFIGURATION_SET_SENDING_PAUSED: "stopped account pause",
    MAIL_FROM_DOMAIN_NOT_VERIFIED: "stopped account identity",
    CONFIGURATION_SET_NOT_FOUND: "stopped account setup",
    INVALID_SENDING_POOL_NAME: "stopped account setup",
    TEMPLATE_NOT_FOUND: "stopped mailing setup",
  };

  it.each(Object.values(BulkEmailStatus))("%s", (status) => {
    expect(inShort(classifyEntry({ Status: status, MessageId: "1" }))).toBe(expected[status]);
  });

  it.each([
    [{}, "doubtful"],
    [{ Status: "SOMETHING_NEW" }, "doubtful"],
    [{ Status: "constructor" }, "doubtful"],
    [
      { Status: "MESSAGE_REJECTED", Error: "Email address is not verified. x@example.org" },
      "stopped account identity",
    ],
    [{ Status: "FAILED", Error: "Sending is paused for this account" }, "stopped account pause"],
    [{ Status: "INVALID_PARAMETER", Error: "Illegal address sandbox@example.org" }, "rejected"],
  ])("%j is %s", (entry, outcome) => {
    expect(inShort(classifyEntry(entry))).toBe(outcome);
  });
});

describe("each exception of the send calls", () => {
  const expected: Record<string, string> = {
    AccountSuspendedException: "stopped account pause",
    BadRequestException: "rejected",
    LimitExceededException: "stopped account setup",
    MailFromDomainNotVerifiedException: "stopped account identity",
    MessageRejected: "rejected",
    NotFoundException: "stopped account setup",
    SendingPausedException: "stopped account pause",
    TooManyRequestsException: "throttled",
  };
  const commands = join(
    dirname(createRequire(import.meta.url).resolve("@aws-sdk/client-sesv2/package.json")),
    "dist-types/commands",
  );
  const thrown = ["SendEmail", "SendBulkEmail"].flatMap((operation) => {
    const types = readFileSync(join(commands, `${operation}Command.d.ts`), "utf8");
    return [...types.matchAll(/@throws \{@link (\w+)\} \(client fault\)/g)].map(([, name = ""]) => name);
  });

  it("is decided on: the SDK names no other", () => {
    expect([...new Set(thrown)].sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(Object.entries(expected))("%s is %s", (name, outcome) => {
    expect(inShort(classifyError(answer(name, 400)))).toBe(outcome);
  });
});

describe("an answer of SES", () => {
  it.each([
    ["TooManyRequestsException", 429, "Maximum sending rate exceeded", "throttled"],
    ["ThrottlingException", 400, "Maximum sending rate exceeded", "throttled"],
    ["Throttling", 400, "Rate exceeded", "throttled"],
    ["LimitExceededException", 400, "Maximum sending rate exceeded.", "throttled"],
    ["ThrottlingException", 400, "Daily message quota exceeded", "stopped account quota"],
    ["LimitExceededException", 400, "Daily sending quota exceeded", "stopped account quota"],
    ["MessageRejected", 400, "Illegal address", "rejected"],
    ["BadRequestException", 400, "Missing final '@domain'", "rejected"],
    ["BadRequestException", 400, "Illegal address template@identity.example", "rejected"],
    ["MessageRejected", 400, "Email address is not verified. The following …", "stopped account identity"],
    ["MessageRejected", 400, "Sending suspended for this account", "stopped account pause"],
    ["BadRequestException", 400, "Configuration set <x> does not exist", "stopped account setup"],
    ["BadRequestException", 400, "Template contains unsupported operations", "stopped mailing setup"],
    ["NotFoundException", 404, "Template x does not exist", "stopped mailing setup"],
    ["AccessDeniedException", 403, "", "stopped account setup"],
    ["ExpiredTokenException", 403, "", "stopped account setup"],
    ["SomethingNew", 418, "", "stopped account setup"],
    ["SyntaxError", 403, "Unexpected token <", "stopped account setup"],
    ["SyntaxError", 200, "Unexpected token <", "doubtful"],
    ["RequestTimeout", 408, "", "doubtful"],
    ["InternalServiceErrorException", 500, "", "doubtful"],
    ["ServiceUnavailable", 503, "", "doubtful"],
    ["ThrottlingException", 503, "Maximum sending rate exceeded", "doubtful"],
  ])("%s (%i) %s is %s", (name, status, message, outcome) => {
    expect(inShort(classifyError(answer(name, status, message)))).toBe(outcome);
  });
});

describe("no answer of SES", () => {
  it.each([
    ["Error", "ECONNREFUSED", "throttled"],
    ["Error", "ENOTFOUND", "throttled"],
    ["Error", "EAI_AGAIN", "throttled"],
    ["Error", "EHOSTUNREACH", "throttled"],
    ["Error", "ECONNRESET", "doubtful"],
    ["Error", "EPIPE", "doubtful"],
    ["TimeoutError", "ETIMEDOUT", "doubtful"],
    ["TimeoutError", "", "doubtful"],
    ["ThrottlingException", "", "doubtful"],
    ["CredentialsProviderError", "", "stopped account setup"],
  ])("%s %s is %s", (name, code, outcome) => {
    expect(inShort(classifyError(broken(name, code)))).toBe(outcome);
  });

  it("because no connection stood in time proves that nothing was sent", () => {
    const message =
      "@smithy/node-http-handler - the request socket did not establish a connection with the server";
    expect(classifyError(Object.assign(new Error(message), { name: "TimeoutError" })).outcome).toBe(
      "throttled",
    );
  });

  it.each([undefined, null, "text", 7])("that is %j is doubtful", (given) => {
    expect(classifyError(given).outcome).toBe("doubtful");
  });

  it("nor a 2xx or 5xx, is ever taken for proof that nothing was sent, whatever it is called", () => {
    const name = fc.oneof(fc.string(), fc.constantFrom("MessageRejected", "ThrottlingException"));
    const status = fc.oneof(fc.integer({ min: 500, max: 599 }), fc.integer({ min: 200, max: 299 }));
    fc.assert(
      fc.property(name, fc.string(), status, (called, message, given) => {
        expect(classifyError(answer(called, given, message)).outcome).toBe("doubtful");
      }),
    );
  });
});
