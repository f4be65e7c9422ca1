import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Catalogue } from "../../core/catalogue.ts";
import { AppError, type ErrorKind } from "../../core/errors.ts";
import { problemPage } from "../../web/problem-page.ts";
import { logger } from "./logger.ts";

/** What a reader, or a program, is told of a request that failed. */
export interface Problem {
  status: ContentfulStatusCode;
  code: string;
  title: string;
  whatToDo: string;
  /** A page of ours where it goes on, instead of the start page. */
  next?: { href: string; words: string };
}

const statuses: Record<ErrorKind, ContentfulStatusCode> = {
  invalid: 400,
  denied: 403,
  missing: 404,
  conflict: 409,
  unavailable: 503,
};

const titles: Partial<Record<number, string>> = {
  400: "This request cannot be read",
  413: "This is too long",
  415: "This cannot be read",
};

export function problem(
  status: ContentfulStatusCode,
  code: string,
  title: string,
  whatToDo: string,
): Problem {
  return { status, code, title, whatToDo };
}

/** Answers a problem, or whatever was thrown, as a page or, to programs, as JSON. */
export function answerProblem(
  c: Context,
  deps: { catalogue: Pick<Catalogue, "site"> },
  failure: Problem | Error,
) {
  const told = failure instanceof Error ? toProblem(failure) : failure;
  if (isApi(c)) return answerDetails(c, told);
  if (wantsJson(c)) return c.json({ code: told.code, message: told.whatToDo }, told.status);
  return c.html(problemPage({ site: deps.catalogue.site, ...told }), told.status);
}

/** Answers the API's caller as RFC 9457 has it; `code` is stable, `fields` say what is wrong with each. */
export function answerDetails(c: Context, told: Problem, fields?: Record<string, string>) {
  const { status, code, title, whatToDo: detail } = told;
  const type = `urn:stepletter:problem:${code}`;
  const body = { type, title, status, detail, code, ...(fields && { fields }) };
  return c.body(JSON.stringify(body), status, { "content-type": "application/problem+json" });
}

/** Answers that fields of what was sent are wrong, each with what to do. */
export function answerFields(c: Context, code: string, fields: Record<string, string>) {
  return answerDetails(c, problem(422, code, "Some fields are wrong", "Correct these fields."), fields);
}

/** Whether a request is to the API, which answers in JSON alone. */
export function isApi(c: Context): boolean {
  return c.req.path.startsWith("/v1/");
}

/** Whether the client is a program: it calls the API, sent JSON, or would rather have JSON than a page. */
export function wantsJson(c: Context): boolean {
  const accept = c.req.header("accept") ?? "";
  const sent = c.req.header("content-type") ?? "";
  return (
    isApi(c) ||
    sent.startsWith("application/json") ||
    (accept.includes("application/json") && !accept.includes("text/html"))
  );
}

function toProblem(error: Error): Problem {
  if (error instanceof HTTPException) {
    return problem(
      error.status as ContentfulStatusCode,
      "request.invalid",
      titles[error.status] ?? "This did not work",
      error.message,
    );
  }
  if (error instanceof AppError && error.kind !== "unavailable") {
    return problem(statuses[error.kind], error.code, "This did not work", error.message);
  }
  logger.error("request failed", {
    name: error.name,
    code: error instanceof AppError ? error.code : undefined,
    stack: error.stack,
  });
  return error instanceof AppError
    ? problem(
        503,
        error.code,
        "This does not work right now",
        "Nothing was changed. Please try again in a minute.",
      )
    : problem(500, "internal", "Something went wrong on our side", "Please try again in a minute.");
}
