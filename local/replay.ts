import type { IncomingMessage, RequestListener } from "node:http";
import { Readable } from "node:stream";
import type { Answer } from "./whole-requests.ts";

/** A request once more, with its whole body, for a listener that reads it; of another operation when that is named. */
export function replay(request: IncomingMessage, body: Buffer, target?: string): IncomingMessage {
  const { method, url, rawHeaders, httpVersion, socket } = request;
  const headers = target === undefined ? request.headers : { ...request.headers, "x-amz-target": target };
  const whole = body.length > 0 ? Readable.from([body]) : Readable.from([]);
  return Object.assign(whole, {
    method,
    url,
    headers,
    rawHeaders,
    httpVersion,
    socket,
  }) as unknown as IncomingMessage;
}

/** What a listener answers, instead of sending it. It has as much of a response as dynalite uses. */
export function ask(listener: RequestListener, request: IncomingMessage): Promise<Answer> {
  return new Promise((resolve) => {
    const headers: Answer["headers"] = {};
    const response = {
      statusCode: 200,
      setHeader: (name: string, value: unknown) => {
        headers[name.toLowerCase()] = String(value);
      },
      end: (body = "") => resolve({ status: response.statusCode, headers, body }),
    };
    listener(request, response as unknown as Parameters<RequestListener>[1]);
  });
}
