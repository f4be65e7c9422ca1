import { handle } from "hono/aws-lambda";
import { connectHttp } from "../../adapters/connect/http.ts";
import { connected } from "../edge/connected.ts";
import { createApp } from "./app.ts";

type HttpHandler = ReturnType<typeof handle>;

/** HTTP API → pages and forms. */
export const handler = connected(connectHttp, (getDeps): HttpHandler => {
  let answer: HttpHandler | undefined;
  return (event, context) => {
    answer ??= handle(createApp(getDeps()));
    return answer(event, context);
  };
});
