import * as z from "zod";
import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { addSuppression } from "../../../core/suppression/add-suppression.ts";
import { listSuppressions, type ShownSuppression } from "../../../core/suppression/list-suppressions.ts";
import { removeSuppression } from "../../../core/suppression/remove-suppression.ts";
import { answerDetails, answerFields, problem } from "../../edge/problem.ts";
import { type AdminApp, needs } from "./admit.ts";
import { readJson } from "./read-json.ts";
import { PageQuery, pageBody } from "./read-page.ts";
import { readQuery } from "./read-query.ts";

const Address = z.string("Write an e-mail address.").max(1000, "Write one e-mail address.");

/** An address that is not to be written to. Addresses stand in no URL. */
export const AddSuppressionBody = z.strictObject({ address: Address });
/** An address that may be written to again. */
export const RemoveSuppressionBody = z.strictObject({
  address: Address,
  reason: z
    .string("Write why it is lifted.")
    .max(300, "Write 300 characters at most.")
    .regex(/^[^@]*$/, "Write no address into it: it is kept in the audit log.")
    .optional()
    .meta({ description: "Why it is lifted, kept in the audit log; needed where somebody complained" }),
});

const missing = problem(
  404,
  "suppression.missing",
  "It is not suppressed",
  "This address is on no list: neither on ours nor on that of SES.",
);
const noAddress = { address: "Enter one e-mail address, such as name@example.com." };
const reasonWanted = {
  reason: "They complained about our mail: say in 10 characters or more why they may be written to.",
};

/** Addresses that are not written to, whatever list they are on. */
export function addSuppressionRoutes(app: AdminApp, deps: AdminDeps): void {
  app.get("/v1/suppressions", needs("subscribers:read"), async (c) => {
    const read = readQuery(c, PageQuery);
    if (read.status === "invalid") return answerFields(c, "query.invalid", read.problems);
    const { suppressions, cursor } = await listSuppressions(deps, read.body);
    return c.json(pageBody(suppressions.map(shown), cursor));
  });

  app.post("/v1/suppressions", needs("subscribers:write"), async (c) => {
    const read = await readJson(c, AddSuppressionBody);
    if (read.status === "invalid") return answerFields(c, "suppression.invalid", read.problems);
    const outcome = await addSuppression(deps, read.body);
    if (outcome.status === "no-address") return answerFields(c, "suppression.invalid", noAddress);
    const { known, ...suppression } = outcome;
    return c.json(shown(suppression), known ? 200 : 201);
  });

  app.post("/v1/suppressions/remove", needs("subscribers:write"), async (c) => {
    const read = await readJson(c, RemoveSuppressionBody);
    if (read.status === "invalid") return answerFields(c, "suppression.invalid", read.problems);
    if (read.body.reason !== undefined) c.set("reason", read.body.reason);
    const outcome = await removeSuppression(deps, read.body);
    switch (outcome.status) {
      case "no-address":
        return answerFields(c, "suppression.invalid", noAddress);
      case "reason-wanted":
        return answerFields(c, "suppression.invalid", reasonWanted);
      case "missing":
        return answerDetails(c, missing);
      default: {
        const { addressHash: id, ...removed } = outcome;
        return c.json({ id, ...removed });
      }
    }
  });
}

/** The hash is no address, and names the row to whoever has to find it again. */
function shown({ addressHash: id, reason, since, subscriberId, address }: ShownSuppression) {
  return { id, reason, since, ...(subscriberId && { subscriberId }), ...(address && { address }) };
}
