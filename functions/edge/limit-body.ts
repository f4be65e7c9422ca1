import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { isApi } from "./problem.ts";

/** A signup has a few hundred bytes. */
const ofForm = limit(16, "the form needs only a few fields");
/** A provider of forms sends the whole form with each answer. */
const ofHook = limit(128, "a signup needs only a few fields");
const ofApi = limit(256, "a mail's text has to be far shorter");

/** Refuses request bodies that are longer than any that makes sense. */
export const limitBody: MiddlewareHandler = (c, next) => {
  if (isApi(c)) return ofApi(c, next);
  return c.req.path.startsWith("/hooks/") ? ofHook(c, next) : ofForm(c, next);
};

function limit(kilobytes: number, why: string): MiddlewareHandler {
  return bodyLimit({
    maxSize: kilobytes * 1024,
    onError: () => {
      throw new HTTPException(413, { message: `Send less than ${kilobytes} KB; ${why}.` });
    },
  });
}
