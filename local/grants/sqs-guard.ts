import type { ServiceManifest } from "../../infra/service.ts";
import { localAccount } from "../account.ts";
import type { Answer, Guard } from "../whole-requests.ts";
import type { Call } from "./is-granted.ts";
import { parseJson, targetOf } from "./json-request.ts";
import { deniedMessage, invalidToken, type Refusal, refusalOf } from "./refusal.ts";

const jsonType = "application/x-amz-json-1.0";

interface SqsRequest {
  QueueUrl?: string;
  QueueName?: string;
}

/** Stands before SQS, in both of its protocols. */
export function sqsGuard(manifest: ServiceManifest): Guard {
  return (request, body) => {
    const json = request.headers["content-type"] === jsonType;
    const { authorization } = request.headers;
    const refusal = refusalOf(manifest, { authorization, url: request.url ?? "" }, (region) => {
      if (json) return [sqsCall(manifest, region, targetOf(request), parseJson<SqsRequest>(body))];
      const { Action = "", ...fields } = Object.fromEntries(new URLSearchParams(body.toString("utf8")));
      return [sqsCall(manifest, region, Action, fields)];
    });
    return refusal && (json ? jsonAnswer(refusal) : xmlAnswer(refusal));
  };
}

/** Of a batch, IAM asks for the action of a single message. */
function sqsCall(manifest: ServiceManifest, region: string, operation: string, request: SqsRequest): Call {
  const queue = request.QueueUrl?.split("/").at(-1) ?? request.QueueName;
  const prefix = `${manifest.name}-`;
  return {
    action: `sqs:${operation.replace(/Batch$/, "")}`,
    on: queue?.startsWith(prefix) ? `queue/${queue.slice(prefix.length)}` : undefined,
    arn: queue === undefined ? "*" : `arn:aws:sqs:${region}:${localAccount}:${queue}`,
  };
}

function jsonAnswer(refusal: Refusal): Answer {
  const { code, type, message } = wordsOf(refusal);
  return {
    status: 403,
    headers: { "content-type": jsonType, "x-amzn-query-error": `${code};Sender` },
    body: JSON.stringify({ __type: `com.amazon.coral.service#${type}`, message }),
  };
}

function xmlAnswer(refusal: Refusal): Answer {
  const { code, message } = wordsOf(refusal);
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message><Detail/></Error>`;
  return {
    status: 403,
    headers: { "content-type": "text/xml" },
    body: `<?xml version="1.0"?><ErrorResponse xmlns="http://queue.amazonaws.com/doc/2012-11-05/">${error}</ErrorResponse>`,
  };
}

/** The code is that of the older protocol, by which the SDK still calls the error. */
function wordsOf(refusal: Refusal): { code: string; type: string; message: string } {
  switch (refusal.why) {
    case "unsigned":
      return {
        code: "MissingAuthenticationToken",
        type: "MissingAuthenticationTokenException",
        message: "Request is missing Authentication Token",
      };
    case "unknown-key":
      return { code: "InvalidClientTokenId", type: "UnrecognizedClientException", message: invalidToken };
    case "denied": {
      // SQS spells the action in small letters.
      const message = deniedMessage({ ...refusal, action: refusal.action.toLowerCase() });
      return { code: "AccessDenied", type: "AccessDeniedException", message };
    }
  }
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
