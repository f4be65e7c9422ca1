import { createServer, type IncomingMessage, type Server } from "node:http";
import { json, text } from "node:stream/consumers";
import { type Counts, countRequest, type Mischief, noCounts } from "./counts.ts";
import { dynamodbSink } from "./dynamodb-sink.ts";

interface Answer {
  operation: string;
  body: object;
}

/**
 * A server that says yes to what the send path asks of DynamoDB, SES, SQS and SSM, as fast as it can, and counts.
 * `GET /counts` tells the counts; `POST /reset` with a {@link Mischief} begins anew.
 */
export function createSink(): Server {
  let counts = noCounts();
  let mischief: Mischief = { refuseShare: 0, loseAnswers: 0 };
  let dynamodb = dynamodbSink(counts, mischief);

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const target = request.headers["x-amz-target"];
    const [service = "", operation = ""] = String(target ?? "").split(".");
    if (!target) return answerSes(counts, request);
    const body = await text(request);
    countRequest(counts, operation, Buffer.byteLength(body));
    if (service.startsWith("DynamoDB")) return { operation, body: dynamodb(operation, JSON.parse(body)) };
    return { operation, body: answerOther(operation, JSON.parse(body)) };
  };

  return createServer(async (request, response) => {
    response.setHeader("content-type", "application/json");
    if (request.url === "/counts") {
      response.end(JSON.stringify(counts));
      return;
    }
    if (request.url === "/reset") {
      mischief = { refuseShare: 0, loseAnswers: 0, ...((await json(request)) as Partial<Mischief>) };
      counts = noCounts();
      dynamodb = dynamodbSink(counts, mischief);
      response.end("{}");
      return;
    }
    try {
      const { body } = await answer(request);
      if (mischief.loseAnswers > 0) {
        mischief.loseAnswers--;
        request.socket.destroy();
        return;
      }
      response.end(JSON.stringify(body));
    } catch (error) {
      response.statusCode = 400;
      response.end(JSON.stringify({ __type: "ValidationException", message: String(error) }));
    }
  });
}

async function answerSes(counts: Counts, request: IncomingMessage): Promise<Answer> {
  const body = await text(request);
  const operation = request.url?.endsWith("/outbound-bulk-emails") ? "SendBulkEmail" : "SendEmail";
  countRequest(counts, operation, Buffer.byteLength(body));
  if (operation === "SendEmail") {
    counts.mails++;
    return { operation, body: { MessageId: messageId(counts.mails) } };
  }
  const { BulkEmailEntries = [] } = JSON.parse(body) as { BulkEmailEntries?: object[] };
  const results = BulkEmailEntries.map(() => {
    counts.mails++;
    return { Status: "SUCCESS", MessageId: messageId(counts.mails) };
  });
  return { operation, body: { BulkEmailEntryResults: results } };
}

function answerOther(operation: string, asked: { Entries?: { Id: string }[]; Name?: string }): object {
  switch (operation) {
    case "SendMessageBatch":
      return {
        Successful: (asked.Entries ?? []).map(({ Id }) => ({ Id, MessageId: Id, MD5OfMessageBody: "" })),
      };
    case "GetParameter":
      return { Parameter: { Name: asked.Name, Type: "SecureString", Value: "{}" } };
    default:
      throw new Error(`The sink does not know ${operation}`);
  }
}

/** As long as SES's own. */
function messageId(number: number): string {
  return `0100019a5c1e2f3a-${String(number).padStart(12, "0")}-4a5b-8c9d-aabbccddeeff-000000`;
}
