import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { classify } from "../../../adapters/ses/classify.ts";

const answer = (name: string, status: number, message = "") =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
const broken = (name: string, code: string) => Object.assign(new Error(""), { name, code });

describe("an error of SES", () => {
  it.each([
    ["TooManyRequestsException", 429, "Maximum sending rate exceeded", "throttled"],
    ["ThrottlingException", 400, "Maximum sending rate exceeded", "throttled"],
    ["ThrottlingException", 400, "Daily message quota exceeded", "halted"],
    ["MessageRejected", 400, "Illegal address", "rejected"],
    ["BadRequestException", 400, "Missing final '@domain'", "rejected"],
    ["MessageRejected", 400, "Email address is not verified. The following identities failed", "halted"],
    ["BadRequestException", 400, "Configuration set <x> does not exist", "halted"],
    ["MailFromDomainNotVerifiedException", 400, "", "halted"],
    ["AccountSuspendedException", 400, "", "halted"],
    ["SendingPausedException", 400, "", "halted"],
    ["NotFoundException", 404, "", "halted"],
    ["LimitExceededException", 400, "", "halted"],
    ["AccessDeniedException", 403, "", "halted"],
    ["ExpiredTokenException", 403, "", "halted"],
    ["SomethingNew", 418, "", "halted"],
    ["InternalServiceErrorException", 500, "", "doubtful"],
    ["ServiceUnavailable", 503, "", "doubtful"],
  ])("%s (%i) %s is %s", (name, status, message, outcome) => {
    expect(classify(answer(name, status, message)).outcome).toBe(outcome);
  });

  it.each([
    ["Error", "ECONNREFUSED", "throttled"],
    ["Error", "ENOTFOUND", "throttled"],
    ["Error", "EAI_AGAIN", "throttled"],
    ["Error", "EHOSTUNREACH", "throttled"],
    ["Error", "ECONNRESET", "doubtful"],
    ["Error", "EPIPE", "doubtful"],
    ["TimeoutError", "ETIMEDOUT", "doubtful"],
    ["CredentialsProviderError", "", "halted"],
  ])("%s %s without an answer is %s", (name, code, outcome) => {
    expect(classify(broken(name, code)).outcome).toBe(outcome);
  });

  it("that says no connection stood in time proves that nothing was sent", () => {
    const message =
      "@smithy/node-http-handler - the request socket did not establish a connection with the server";
    expect(classify(Object.assign(new Error(message), { name: "TimeoutError" })).outcome).toBe("throttled");
  });

  it("is never taken for proof that nothing was sent, unless SES said so or no connection stood", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.option(fc.integer({ min: 500, max: 599 }), { nil: undefined }),
        (name, message, status) => {
          const error = Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });
          expect(classify(error).outcome).toBe("doubtful");
        },
      ),
    );
  });

  it.each([undefined, null, "text", 7])("that is %j is doubtful", (thrown) => {
    expect(classify(thrown).outcome).toBe("doubtful");
  });
});
