import type { Context, Hono } from "hono";
import type { HttpDeps } from "../../adapters/connect/http.ts";
import { type CampaignStatusOutcome, campaignStatus } from "../../core/campaign/campaign-status.ts";
import { createCampaign } from "../../core/campaign/create-campaign.ts";
import { pauseCampaign, resumeCampaign } from "../../core/campaign/pause-campaign.ts";
import { answerProblem, problem } from "./problem.ts";
import { readCampaign } from "./read-campaign.ts";
import { requireAdmin } from "./require-admin.ts";

const missing = problem(
  404,
  "campaign.missing",
  "There is no such campaign",
  "There is no campaign with this id. Check its spelling.",
);
const conflict = problem(
  409,
  "campaign.conflict",
  "The id is taken",
  "Another campaign has this id: its title, text or list differs. Choose another id, or send the same again.",
);

/** The API of admins, in JSON alone. */
export function addApiRoutes(app: Hono, deps: HttpDeps): void {
  app.use("/v1/*", requireAdmin(deps));

  const answer = (c: Context, outcome: CampaignStatusOutcome, status: 200 | 201 = 200) =>
    outcome.status === "found" ? c.json(outcome.report, status) : answerProblem(c, deps, missing);

  app.post("/v1/campaigns", async (c) => {
    const outcome = await createCampaign(deps, await readCampaign(c));
    switch (outcome.status) {
      case "invalid":
        return c.json(
          { code: "campaign.invalid", message: "Correct these fields.", fields: outcome.problems },
          422,
        );
      case "conflict":
        return answerProblem(c, deps, conflict);
      default: {
        const { id } = outcome.campaign;
        return answer(c, await campaignStatus(deps, { id }), outcome.status === "created" ? 201 : 200);
      }
    }
  });

  app.get("/v1/campaigns/:id", async (c) => answer(c, await campaignStatus(deps, { id: c.req.param("id") })));
  app.post("/v1/campaigns/:id/pause", async (c) =>
    answer(c, await pauseCampaign(deps, { id: c.req.param("id") })),
  );
  app.post("/v1/campaigns/:id/resume", async (c) =>
    answer(c, await resumeCampaign(deps, { id: c.req.param("id") })),
  );
}
