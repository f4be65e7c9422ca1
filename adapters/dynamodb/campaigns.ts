import { Campaign } from "../../core/campaign/campaign.ts";
import type { Campaigns } from "../../core/campaign/campaign-ports.ts";
import { duePartition } from "../../core/due.ts";
import { dueRows, getRow, putRow, type Table, updateRow } from "./table.ts";

/** Campaigns. The freeze and the pause each write attributes of their own, so neither undoes the other. */
export function dynamoCampaigns(table: Table): Campaigns {
  return {
    create: (campaign) =>
      putRow(
        table,
        {
          ...keyOf(campaign.id),
          ...campaign,
          due: duePartition("campaign", campaign.id),
          dueAt: campaign.createdAt,
        },
        { when: "attribute_not_exists(#pk)" },
      ),
    async load(id) {
      const row = await getRow(table, keyOf(id));
      return row && Campaign.parse(row);
    },
    async due(now, limit) {
      const rows = await dueRows(table, "campaign", now, limit);
      return rows.map((row) => row.pk.slice("CAMPAIGN#".length));
    },
    moveOn: (from, { cursor, packets, recipients, frozenAt }) =>
      updateRow(
        table,
        keyOf(from.id),
        {
          set: { cursor, packets, recipients, frozenAt },
          ...(frozenAt && { remove: ["due", "dueAt", "cursor"] }),
        },
        {
          // The count tells apart two visits to one cursor: it never goes back.
          when: `attribute_not_exists(#frozenAt) AND #packets = :packets AND ${
            from.cursor === undefined ? "attribute_not_exists(#cursor)" : "#cursor = :cursor"
          }`,
          values: { packets: from.packets, ...(from.cursor !== undefined && { cursor: from.cursor }) },
        },
      ),
    pause: (id, pausedAt) =>
      updateRow(
        table,
        keyOf(id),
        { set: { pausedAt } },
        { when: "attribute_exists(#pk) AND attribute_not_exists(#pausedAt)" },
      ),
    resume: (id) =>
      updateRow(table, keyOf(id), { remove: ["pausedAt"] }, { when: "attribute_exists(#pausedAt)" }),
  };
}

function keyOf(id: string) {
  return { pk: `CAMPAIGN#${id}`, sk: "CAMPAIGN" };
}
