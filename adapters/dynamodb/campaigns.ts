import { Campaign } from "../../core/campaign/campaign.ts";
import type { Campaigns } from "../../core/campaign/campaign-ports.ts";
import { duePartition } from "../../core/due.ts";
import { dueRows, getRow, getRows, putRow, queryIndex, type Row, type Table, updateRow } from "./table.ts";

/** All campaigns stand in one partition of the roster index: there are few, and each is read by its key. */
const listed = "campaigns";
const perPage = 1000;
const underWay = "attribute_exists(#freezeAt) AND attribute_not_exists(#cancelledAt)";
const goes = "attribute_exists(#frozenAt) AND attribute_exists(#due)";

/** Campaigns. Freeze, pause and cancellation each write attributes of their own, so none undoes another. */
export function dynamoCampaigns(table: Table): Campaigns {
  return {
    create: (campaign) => putRow(table, toRow(campaign), { when: "attribute_not_exists(#pk)" }),
    replace: (draft) =>
      putRow(table, toRow({ ...draft, rev: draft.rev + 1 }), {
        when: "#rev = :rev AND attribute_not_exists(#freezeAt)",
        values: { rev: draft.rev },
      }),
    unschedule: ({ id, freezeAt }) =>
      updateRow(
        table,
        keyOf(id),
        { remove: ["when", "freezeAt", "due", "dueAt", "pausedAt"] },
        {
          when: `#freezeAt = :freezeAt AND #packets = :none AND attribute_not_exists(#cursor) AND ${underWay} AND attribute_not_exists(#frozenAt)`,
          values: { freezeAt, none: 0 },
        },
      ),
    async load(id) {
      const row = await getRow(table, keyOf(id));
      return row && Campaign.parse(row);
    },
    async loadMany(ids) {
      return (await getRows(table, ids.map(keyOf))).map((row) => Campaign.parse(row));
    },
    async ids() {
      const ids: string[] = [];
      for (let after = ""; ; ) {
        const { rows, more } = await queryIndex(table, {
          index: "roster",
          when: "#roster = :roster AND #pk > :after",
          values: { roster: listed, after: `CAMPAIGN#${after}` },
          limit: perPage,
        });
        ids.push(...rows.map(idOf));
        after = ids.at(-1) ?? "";
        if (!more) return ids;
      }
    },
    async due(now, limit) {
      return (await dueRows(table, "campaign", now, limit)).map(idOf);
    },
    moveOn: (from, { cursor, packets, recipients, frozenAt, lookAt }) =>
      updateRow(
        table,
        keyOf(from.id),
        {
          set: { cursor, packets, recipients, frozenAt, dueAt: lookAt },
          ...(frozenAt && { remove: ["cursor"] }),
        },
        {
          // The count tells apart two visits to one cursor: it never goes back.
          when: `${frozenAt ? "attribute_exists(#freezeAt)" : underWay} AND attribute_not_exists(#frozenAt) AND #packets = :packets AND ${
            from.cursor === undefined ? "attribute_not_exists(#cursor)" : "#cursor = :cursor"
          }`,
          values: { packets: from.packets, ...(from.cursor !== undefined && { cursor: from.cursor }) },
        },
      ),
    pause: (id, pausedAt, because) =>
      updateRow(
        table,
        keyOf(id),
        { set: { pausedAt, pausedBecause: because?.cause, watchedFrom: because?.feedback } },
        { when: `${underWay} AND attribute_not_exists(#pausedAt)` },
      ),
    resume: (id) =>
      updateRow(
        table,
        keyOf(id),
        { remove: ["pausedAt", "pausedBecause"] },
        { when: `attribute_exists(#pausedAt) AND ${underWay}` },
      ),
    cancel: (id, cancelledAt) =>
      updateRow(
        table,
        keyOf(id),
        { set: { cancelledAt, dueAt: cancelledAt } },
        { when: `${underWay} AND attribute_not_exists(#doneAt)` },
      ),
    async lookAgain(id, dueAt) {
      await updateRow(table, keyOf(id), { set: { dueAt } }, { when: goes });
    },
    async finish(id, doneAt) {
      await updateRow(table, keyOf(id), { set: { doneAt }, remove: ["due", "dueAt"] }, { when: goes });
    },
  };
}

/** One that was started stands in the due index until it is over. */
function toRow(campaign: Campaign): Row {
  return {
    ...keyOf(campaign.id),
    ...campaign,
    roster: listed,
    ...(campaign.freezeAt && { due: duePartition("campaign", campaign.id), dueAt: campaign.freezeAt }),
  };
}

function keyOf(id: string) {
  return { pk: `CAMPAIGN#${id}`, sk: "CAMPAIGN" };
}

function idOf({ pk }: Row): string {
  return pk.slice("CAMPAIGN#".length);
}
