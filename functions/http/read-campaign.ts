import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import * as z from "zod";
import type { CampaignDraft } from "../../core/campaign/create-campaign.ts";

/** What is left out reads as empty, and is refused field by field. */
const Field = z.string().default("");
/** A campaign as it is sent. */
export const Draft = z.object({ id: Field, title: Field, markdown: Field, list: Field });

/**
 * Reads a campaign from a request.
 * @throws HTTPException 415 for a body of another type, 400 for one that cannot be read.
 */
export async function readCampaign(c: Context): Promise<CampaignDraft> {
  const type = c.req.header("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json")
    throw new HTTPException(415, { message: "Send JSON, as application/json." });
  const body = Draft.safeParse(await c.req.json().catch(() => undefined));
  if (!body.success)
    throw new HTTPException(400, {
      message: "Send a JSON object with the texts id, title, markdown and list.",
    });
  return body.data;
}
