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
import { previewCampaign, previewDraft } from "../../../core/campaign/preview-campaign.ts";
import { resendCampaign } from "../../../core/campaign/resend-campaign.ts";
import { startCampaign, unscheduleCampaign } from "../../../core/campaign/start-campaign.ts";
import { testCampaign } from "../../../core/campaign/test-campaign.ts";
import { answerFields, answerProblem } from "../../edge/problem.ts";
import { type AdminApp, needs } from "./admit.ts";
import {
  AsQuery,
  AudienceQuery,
  ChangeQuery,
  campaignRefusals,
  PreviewQuery,
  StartQuery,
  TestQuery,
} from "./read-campaign.ts";
import { readJson } from "./read-json.ts";
import { readQuery } from "./read-query.ts";

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

  app.post("/v1/campaigns/preview", needs("campaigns:read"), async (c) => {
    const read = await readJson(c, PreviewQuery);
    if (read.status === "invalid") return invalid(c, read.problems);
    const { as, ...draft } = read.body;
    const outcome = await previewDraft(deps, { draft, as });
    if (outcome.status === "invalid") return invalid(c, outcome.problems);
    return outcome.status === "shown" ? c.json(outcome.preview) : refuse(c, "missing");
  });

  app.get("/v1/campaigns/:id", needs("campaigns:read"), (c) => answer(c, c.req.param("id")));

  app.get("/v1/campaigns/:id/preview", needs("campaigns:read"), async (c) => {
    const read = readQuery(c, AsQuery);
    if (read.status === "invalid") return answerFields(c, "query.invalid", read.problems);
    const outcome = await previewCampaign(deps, { id: c.req.param("id"), as: read.body.as });
    return outcome.status === "shown" ? c.json(outcome.preview) : refuse(c, "missing");
  });

  app.post("/v1/campaigns/:id/test", needs("campaigns:write"), async (c) => {
    const read = await readJson(c, TestQuery);
    if (read.status === "invalid") return invalid(c, read.problems);
    const { to: address, as } = read.body;
    const { keyId: by } = c.get("admin");
    const outcome = await testCampaign(deps, { id: c.req.param("id"), address, as, by });
    switch (outcome.status) {
      case "sent":
        return c.json({ status: "sent" }, 202);
      case "no-address":
        return invalid(c, { to: "Write an e-mail address." });
      case "too-many":
        c.header("Retry-After", String(outcome.seconds));
        return refuse(c, "too-many");
      default:
        return refuse(c, outcome.status);
    }
  });

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
