import type { Context } from "hono";
import type { Catalogue } from "../../core/catalogue.ts";
import { answerProblem, problem } from "./problem.ts";

const missing = problem(
  404,
  "page.missing",
  "There is no such page",
  "Check the address, or start from the front page.",
);

/** The answer to an address that there is not. */
export function answerMissing(c: Context, deps: { catalogue: Pick<Catalogue, "site"> }) {
  return answerProblem(c, deps, missing);
}
