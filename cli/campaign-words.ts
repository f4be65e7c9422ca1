import Table from "cli-table3";
import * as z from "zod";
import { Segment } from "../core/audience/segment.ts";
import { campaignStates } from "../core/campaign/campaign-status.ts";

/** What the API tells of a campaign. */
export const Report = z.object({
  id: z.string(),
  title: z.string(),
  segment: Segment,
  state: z.enum(campaignStates),
  packets: z.number(),
  recipients: z.number(),
  waiting: z.number(),
  counts: z.record(z.string(), z.number()),
});
export type Report = z.infer<typeof Report>;

const states: Record<Report["state"], string> = {
  draft: "draft",
  scheduled: "scheduled",
  cancelled: "cancelled",
  freezing: "freezing: its recipients are being collected",
  sending: "sending",
  paused: "paused",
  done: "done",
};

/** A campaign as a table. */
export function tableOf(report: Report): string {
  const table = new Table({ style: { head: [], border: [] } });
  table.push(
    { Campaign: report.id },
    { Subject: report.title },
    { Segment: report.segment.list },
    { State: states[report.state] },
    { Recipients: report.recipients },
    { Waiting: report.waiting },
    ...Object.entries(report.counts).map(([fate, count]) => ({ [capital(fate)]: count })),
  );
  return table.toString();
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
