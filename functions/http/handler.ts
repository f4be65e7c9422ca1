import { handle } from "hono/aws-lambda";
import type { Deps } from "../../adapters/connect.ts";
import { live } from "../../adapters/live.ts";
import { createApp } from "./app.ts";

type HttpHandler = ReturnType<typeof handle>;

const using = (getDeps: () => Deps): HttpHandler => {
  let answer: HttpHandler | undefined;
  return (event, context) => {
    answer ??= handle(createApp(getDeps()));
    return answer(event, context);
  };
};

/** HTTP API → pages and forms. */
export const handler = Object.assign(using(live), { with: (deps: Deps) => using(() => deps) });
