import type { Context } from "hono";
import type { AdminDeps } from "../../../adapters/connect/admin.ts";
import { countAudience } from "../../../core/audience/count-audience.ts";
import { CampaignDraft } from "../../../core/campaign/campaign-draft.ts";
import { campaignStatus } from "../../../core/campaign/campaign-status.ts";
import { createCampaign } from "../../../core/campaign/create-campaign.ts";
import { editCampaign } from "../../../core/campaign/edit-campaign.ts";
import { listCampaigns } from "../../../core/campaign/list-campaigns.ts";
import {
  cancelCampaign,
  pauseCampaign,
  resumeCampaign,
  type SteerOutcome,
} from "../../../core/campaign/pause-campaign.ts";
import { resendCampaign } from "../../../core/campaign/resend-campaign.ts";
import { startCampaign, unscheduleCampaign } from "../../../core/campaign/start-campaign.ts";
import { answerFields, answerProblem } from "../../edge/problem.ts";
import { type AdminApp, needs } from "./admit.ts";
import { AudienceQuery, ChangeQuery, campaignRefusals, StartQuery } from "./read-campaign.ts";
import { readJson } from "./read-json.ts";

/** Campaigns in the API of admins. */
export function addCampaignRoutes(app: AdminApp, deps: AdminDeps): void {
  const refuse = (c: Context, why: keyof typeof campaignRefusals) =>
    answerProblem(c, deps, campaignRefusals[why]);
  const invalid = (c: Context, fields: Record<string, string>) => answerFields(c, "campaign.invalid", fields);
  const answer = async (c: Context, id: string, status: 200 | 201 = 200) => {
    const outcome = await campaignStatus(deps, { id });
    return outcome.status === "found" ? c.json(outcome.report, status) : refuse(c, "missing");
  };
  const steered = (c: Context, outcome: SteerOutcome) =>
    outcome.status === "found" ? c.json(outcome.report) : refuse(c, outcome.status);

  app.get("/v1/campaigns", needs("campaigns:read"), async (c) =>
    c.json({ items: await listCampaigns(deps) }),
  );

  app.post("/v1/campaigns", needs("campaigns:write"), async (c) => {
    const read = await readJson(c, CampaignDraft);
    if (read.status === "invalid") return invalid(c, read.problems);
    const outcome = await createCampaign(deps, read.body);
    if (outcome.status === "invalid") return invalid(c, outcome.problems);
    if (outcome.status === "conflict") return refuse(c, "conflict");
    return answer(c, read.body.id, outcome.status === "created" ? 201 : 200);
  });

  app.get("/v1/campaigns/:id", needs("campaigns:read"), (c) => answer(c, c.req.param("id")));

  app.patch("/v1/campaigns/:id", needs("campaigns:write"), async (c) => {
    const id = c.req.param("id");
    const read = await readJson(c, ChangeQuery);
    if (read.status === "invalid") return invalid(c, read.problems);
    const { rev, ...change } = read.body;
    const outcome = await editCampaign(deps, { id, change, rev });
    if (outcome.status === "invalid") return invalid(c, outcome.problems);
    return outcome.status === "changed" ? answer(c, id) : refuse(c, outcome.status);
  });

  app.post("/v1/campaigns/:id/send", needs("campaigns:write"), async (c) => {
    const id = c.req.param("id");
    const read = await readJson(c, StartQuery);
    if (read.status === "invalid") return invalid(c, read.problems);
    const { at, local } = read.body;
    const when = at !== undefined ? { at } : local !== undefined ? { local } : undefined;
    const outcome = await startCampaign(deps, { id, when });
    if (outcome.status === "missing") return refuse(c, "missing");
    return outcome.status === "conflict" ? refuse(c, "started") : answer(c, id);
  });

  app.post("/v1/campaigns/:id/unschedule", needs("campaigns:write"), async (c) => {
    const id = c.req.param("id");
    const { status } = await unscheduleCampaign(deps, { id });
    return status === "draft" ? answer(c, id) : refuse(c, status);
  });

  app.post("/v1/campaigns/:id/pause", needs("campaigns:write"), async (c) =>
    steered(c, await pauseCampaign(deps, { id: c.req.param("id") })),
  );
  app.post("/v1/campaigns/:id/resume", needs("campaigns:write"), async (c) =>
    steered(c, await resumeCampaign(deps, { id: c.req.param("id") })),
  );
  app.post("/v1/campaigns/:id/cancel", needs("campaigns:write"), async (c) =>
    steered(c, await cancelCampaign(deps, { id: c.req.param("id") })),
  );

  app.post("/v1/campaigns/:id/resend", needs("campaigns:write"), async (c) => {
    const outcome = await resendCampaign(deps, { id: c.req.param("id") });
    return outcome.status === "started" ? c.json(outcome.report, 201) : refuse(c, outcome.status);
  });

  app.post("/v1/audience", needs("campaigns:read"), async (c) => {
    const read = await readJson(c, AudienceQuery);
    if (read.status === "invalid") return invalid(c, read.problems);
    const outcome = await countAudience(deps, read.body);
    return outcome.status === "counted" ? c.json(outcome.count) : invalid(c, { segment: outcome.problem });
  });
}
