import { handle } from "hono/aws-lambda";
import { connectAdmin } from "../../adapters/connect/admin.ts";
import { connected } from "../edge/connected.ts";
import { createAdminApp } from "./app.ts";

type HttpHandler = ReturnType<typeof handle>;

/** HTTP API, `/v1` and `/admin` → what admins and their programs call. */
export const handler = connected(connectAdmin, (getDeps): HttpHandler => {
  let answer: HttpHandler | undefined;
  return (event, context) => {
    answer ??= handle(createAdminApp(getDeps()));
    return answer(event, context);
  };
});
