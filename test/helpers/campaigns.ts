import { hashKey, newKey } from "../../core/admin/admin-key.ts";
import { scopesOf } from "../../core/admin/scopes.ts";
import type { CampaignTime } from "../../core/campaign/campaign.ts";
import type { CampaignDraft } from "../../core/campaign/campaign-draft.ts";
import type { CampaignReport } from "../../core/campaign/campaign-status.ts";
import { createCampaign } from "../../core/campaign/create-campaign.ts";
import { startCampaign } from "../../core/campaign/start-campaign.ts";
import { handler as admin } from "../../functions/admin/handler.ts";
import { context, httpEvent } from "./events.ts";
import type { TestService } from "./service.ts";
import { subscriber } from "./subscribers.ts";

/** A key of a role, as an admin holds it. */
export async function adminKey(service: TestService, role: "owner" | "viewer" = "owner"): Promise<string> {
  const key = newKey();
  await service.deps.adminKeys.add(hashKey(key) ?? "", {
    name: role,
    scopes: scopesOf(role),
    createdAt: service.clock.now(),
  });
  return key;
}

/** Members of the list `records`, numbered from 0; answers their ids. */
export async function addMembers(service: TestService, count: number, prefix = "m"): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => `sub_${prefix}${index}`);
  for (const id of ids) {
    await service.deps.subscribers.create(subscriber({ id, address: `${id.slice(4)}@example.com` }));
  }
  return ids;
}

export interface ApiAnswer {
  status: number;
  body: CampaignReport & { code?: string; detail?: string; fields?: Record<string, string> };
  headers: Record<string, string>;
}

/** A call of the API with a key, as API Gateway hands it on. A text is sent as it is, anything else as JSON. */
export async function callApi(
  service: TestService,
  call: {
    method?: string;
    path: string;
    key?: string;
    body?: unknown;
    type?: string;
    headers?: Record<string, string>;
  },
): Promise<ApiAnswer> {
  const { method = "GET", path, key, body, type = "application/json", headers } = call;
  const event = httpEvent({
    method,
    path,
    headers: {
      ...headers,
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
      ...(body !== undefined && { "content-type": type }),
    },
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const answer = await admin.with(service.depsOf("admin"))(event, context);
  return {
    status: answer.statusCode,
    body: JSON.parse(answer.body),
    headers: (answer.headers ?? {}) as Record<string, string>,
  };
}

/** A campaign to the list `records`. */
export const draft = {
  id: "spring-news",
  title: "Spring news",
  markdown: "The **new codes** are out.\n\n[Read them](https://example.org/codes)",
  segment: { list: "records" },
};

/** Creates a campaign and starts it. */
export async function sendCampaign(
  { deps }: Pick<TestService, "deps">,
  campaign: Partial<CampaignDraft> = {},
  when?: CampaignTime,
): Promise<void> {
  const { markdown, ...text } = draft;
  const created = await createCampaign(deps, {
    ...text,
    ...(campaign.design === undefined && { markdown }),
    tracking: "off",
    ...campaign,
  });
  if (created.status !== "created") throw new Error(JSON.stringify(created));
  await startCampaign(deps, { id: created.campaign.id, when });
}
