import { namesOf, type ServiceManifest } from "../../infra/service.ts";
import { localAccount } from "../account.ts";
import type { Answer, Guard } from "../whole-requests.ts";
import { type DynamoDbRequest, dynamoDbCalls } from "./dynamodb-calls.ts";
import { parseJson, targetOf } from "./json-request.ts";
import { deniedMessage, invalidToken, type Refusal, refusalOf } from "./refusal.ts";

/** Stands before DynamoDB. */
export function dynamoDbGuard(manifest: ServiceManifest): Guard {
  return (request, body) => {
    // Anything else, such as the look at its health, names no table.
    if (request.method !== "POST") return undefined;
    const { authorization } = request.headers;
    const refusal = refusalOf(manifest, { authorization, url: request.url ?? "" }, (region) =>
      dynamoDbCalls(manifest, region, targetOf(request), parseJson<DynamoDbRequest>(body)),
    );
    return refusal && answerOf("1.0", refusal);
  };
}

/** Stands before SSM. */
export function ssmGuard(manifest: ServiceManifest): Guard {
  const { keysParameter } = namesOf(manifest, "local");
  return (request, body) => {
    const { authorization } = request.headers;
    const refusal = refusalOf(manifest, { authorization, url: request.url ?? "" }, (region) => {
      const { Name } = parseJson<{ Name?: string }>(body);
      const path = String(Name).replace(/^\//, "");
      return [
        {
          action: `ssm:${targetOf(request)}`,
          on: Name === keysParameter ? "keys" : undefined,
          arn: Name === undefined ? "*" : `arn:aws:ssm:${region}:${localAccount}:parameter/${path}`,
        },
      ];
    });
    return refusal && answerOf("1.1", refusal);
  };
}

/** As services of the AWS JSON protocol answer: always 400. */
function answerOf(version: string, refusal: Refusal): Answer {
  const prefix = "com.amazon.coral.service#";
  const contents = {
    unsigned: () => ({
      __type: `${prefix}MissingAuthenticationTokenException`,
      message: "Request is missing Authentication Token",
    }),
    "unknown-key": () => ({ __type: `${prefix}UnrecognizedClientException`, message: invalidToken }),
    denied: () => ({
      __type: `${prefix}AccessDeniedException`,
      Message: refusal.why === "denied" ? deniedMessage(refusal) : "",
    }),
  };
  return {
    status: 400,
    headers: { "content-type": `application/x-amz-json-${version}` },
    body: JSON.stringify(contents[refusal.why]()),
  };
}
